using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>
/// Sound frames with damage: bits flipped, bytes replaced, parts cut out, doubled and taken from other frames.
/// </summary>
internal sealed class DamagedFrames(IHubProtocol protocol, Random random)
{
    // First bytes of all formats whose length or count follows, and lengths that lie.
    private static readonly byte[] PackBytes =
        [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcf, 0xd3, 0xd6, 0xd8, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xff];

    // What structures JSON, what is no UTF-8, and the end of a frame.
    private static readonly byte[] JsonBytes = [.. "{}[]\":,\\/0-.eEtfn"u8, 0x00, 0x1e, 0xc0, 0xed, 0xff];

    private readonly byte[] _interesting = protocol.Name == "json" ? JsonBytes : PackBytes;
    private readonly List<byte[]> _corpus = Corpus(protocol, random);

    /// <summary>The next one, without its framing.</summary>
    public byte[] NextBody()
    {
        var bytes = _corpus[random.Next(_corpus.Count)].ToList();
        for (var times = random.Next(1, 6); times > 0; times--)
            DamageOnce(bytes);
        return [.. bytes];
    }

    private void DamageOnce(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var some = Math.Min(random.Next(1, 9), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0 when some > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when some > 0: bytes[at] = _interesting[random.Next(_interesting.Length)]; break;
            case 2: bytes.RemoveRange(at, some); break;
            case 3: bytes.RemoveRange(at, bytes.Count - at); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, some)); break;
            case 5: bytes.InsertRange(at, _corpus[random.Next(_corpus.Count)].Take(random.Next(64))); break;
            default: bytes.Insert(at, _interesting[random.Next(_interesting.Length)]); break;
        }
    }

    // Every call, event and answer of the contract with generated values, and every other message, as bodies without framing.
    private static List<byte[]> Corpus(IHubProtocol protocol, Random random)
    {
        var values = new ContractValues(random);
        var calls = ContractBinder.Calls.Select(call => (HubMessage)new InvocationMessage("1", call.Target, [values.Create(call.Parameter)]));
        var answers = ContractBinder.Answers.Select(answer => new CompletionMessage(answer.Id, error: null, values.Create(answer.Result), hasResult: true));
        var items = ContractBinder.Answers.Select(answer => new StreamItemMessage(answer.Id, values.Create(answer.Result)));
        HubMessage[] others =
        [
            new StreamInvocationMessage("1", nameof(IChatHub.GetMe), [new EmptyInput()], ["2"]) { Headers = new Dictionary<string, string> { ["a"] = "b" } },
            CompletionMessage.WithError("1", "not_followed: no"), CompletionMessage.Empty("1"), new CancelInvocationMessage("1"), PingMessage.Instance,
            new CloseMessage("gone", allowReconnect: true), new AckMessage(300), new SequenceMessage(70_000),
        ];
        return [.. calls.Concat(answers).Concat(items).Concat(others).Select(message => Frames.Body(protocol, message)).Where(body => body.Length < Limits.HubMessageBytes)];
    }
}

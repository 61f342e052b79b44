using System.Buffers;
using ChatHub.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Tests.Protocol;

/// <summary>
/// Damages sound frames and gives them to the parser as a connection would. Only <see cref="FrameErrors"/> may be thrown, and no
/// frame may cost more memory than its own length accounts for.
/// </summary>
internal sealed class FrameFuzzer(IHubProtocol protocol, int seed)
{
    // An exception with its stack and its message costs this much whatever was received.
    private const long AllocatedAtMost = 256 * 1024;
    private const long AllocatedPerByteAtMost = 64;

    // First bytes of all formats whose length or count follows, and lengths that lie.
    private static readonly byte[] Interesting =
        [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc4, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcf, 0xd3, 0xd6, 0xd8, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xff];

    private readonly Random _random = new(seed);
    private readonly ContractBinder _binder = new();
    private readonly FuzzResult _result = new();

    public FuzzResult Run(int frames)
    {
        var corpus = Corpus();
        while (_result.Frames < frames)
        {
            Try(Damage(corpus[_random.Next(corpus.Count)], corpus));
            _result.Frames++;
        }

        return _result;
    }

    private void Try(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sequence = _random.Next(4) == 0 ? Segments.Split(input, _random.Next(input.Length + 1)) : new ReadOnlySequence<byte>(input);
        try
        {
            while (protocol.TryParseMessage(ref sequence, _binder, out var message))
                Count(message);
            _result.Sound++;
        }
        catch (Exception e) when (FrameErrors.Contain(e))
        {
            _result.Refused++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        _result.MostAllocated = Math.Max(_result.MostAllocated, allocated);
        if (allocated > AllocatedAtMost + (AllocatedPerByteAtMost * input.Length))
            throw new InvalidOperationException($"{input.Length} bytes cost {allocated}: {Convert.ToHexString(input)}");
    }

    private void Count(HubMessage message)
    {
        if (message is InvocationBindingFailureMessage or StreamBindingFailureMessage)
            _result.BindingFailures++;
        else
            _result.Messages++;
    }

    private byte[] Damage(byte[] body, List<byte[]> corpus)
    {
        var bytes = body.ToList();
        for (var times = _random.Next(1, 6); times > 0; times--)
            DamageOnce(bytes, corpus);

        // Mostly with a right length before it: a parser that only sees wrong lengths is not tested further in.
        return _random.Next(8) == 0 ? [.. bytes] : Frames.Of(bytes);
    }

    private void DamageOnce(List<byte> bytes, List<byte[]> corpus)
    {
        var at = _random.Next(bytes.Count + 1);
        var some = Math.Min(_random.Next(1, 9), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0 when some > 0: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1 when some > 0: bytes[at] = Interesting[_random.Next(Interesting.Length)]; break;
            case 2: bytes.RemoveRange(at, some); break;
            case 3: bytes.RemoveRange(at, bytes.Count - at); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, some)); break;
            case 5: bytes.InsertRange(at, corpus[_random.Next(corpus.Count)].Take(_random.Next(64))); break;
            default: bytes.Insert(at, Interesting[_random.Next(Interesting.Length)]); break;
        }
    }

    // Every call, event and answer of the contract with generated values, and every other message, as bodies without length.
    private List<byte[]> Corpus()
    {
        var values = new ContractValues(_random);
        var calls = ContractBinder.Calls.Select(call => (HubMessage)new InvocationMessage("1", call.Target, [values.Create(call.Parameter)]));
        var answers = ContractBinder.Answers.Select(answer => new CompletionMessage(answer.Id, error: null, values.Create(answer.Result), hasResult: true));
        var items = ContractBinder.Answers.Select(answer => new StreamItemMessage(answer.Id, values.Create(answer.Result)));
        HubMessage[] others =
        [
            new StreamInvocationMessage("1", nameof(IChatHub.GetMe), [new EmptyInput()], ["2"]) { Headers = new Dictionary<string, string> { ["a"] = "b" } },
            CompletionMessage.WithError("1", "not_followed: no"), CompletionMessage.Empty("1"), new CancelInvocationMessage("1"), PingMessage.Instance,
            new CloseMessage("gone", allowReconnect: true), new AckMessage(300), new SequenceMessage(70_000),
        ];
        return [.. calls.Concat(answers).Concat(items).Concat(others).Select(message => Frames.Body(protocol.GetMessageBytes(message))).Where(body => body.Length < Limits.HubMessageBytes)];
    }
}

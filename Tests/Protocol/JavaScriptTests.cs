using System.Text.Json;
using ChatHub.Contracts;
using ChatHub.Tests.Infrastructure;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>Our bytes are read by the official JavaScript protocol and by another codec, and theirs by us.</summary>
public sealed class JavaScriptTests
{
    private static readonly ContractBinder Binder = new();

    [Fact]
    public async Task Message_in_either_protocol_is_the_same_in_JavaScript_and_back()
    {
        var messages = Messages().ToList();
        var lines = await Node.RunAsync("crosscheck.mjs", [], messages.Select(Both));
        Assert.Equal(messages.Count, lines.Length);
        foreach (var (message, answer) in messages.Zip(lines.Select(line => JsonSerializer.Deserialize<Answer>(line, JsonSerializerOptions.Web)!)))
        {
            foreach (var frame in new[] { answer.Official, answer.Generic }.OfType<byte[]>())
                Assert.Equal(HubProtocols.Describe(message), HubProtocols.Describe(HubProtocols.Pack.Parse(frame, Binder)));
        }
    }

    // Every call, event and answer several times, and one of every other message.
    private static IEnumerable<HubMessage> Messages()
    {
        var values = new ContractValues(new Random(11));
        for (var i = 0; i < 20; i++)
        {
            foreach (var (target, parameter) in ContractBinder.Calls)
                yield return new InvocationMessage($"{i}", target, [values.Create(parameter)]);
            foreach (var (id, result) in ContractBinder.Answers)
                yield return new CompletionMessage(id, error: null, values.Create(result), hasResult: true);
        }

        yield return new InvocationMessage(null, nameof(IChatHub.GetMe), [new EmptyInput()]);
        yield return new InvocationMessage("1", nameof(IChatHub.GetMe), [new EmptyInput()]) { Headers = new Dictionary<string, string> { ["a"] = "b" } };
        yield return new StreamInvocationMessage("1", nameof(IChatHub.GetMe), [new EmptyInput()], ["2", "3"]);
        yield return new StreamItemMessage(nameof(IChatHub.SetTyping), new Nothing());
        yield return CompletionMessage.WithError("1", "not_followed: Messages cannot be sent since this user isn’t following you.");
        yield return CompletionMessage.Empty("1");
        yield return new CancelInvocationMessage("1");
        yield return PingMessage.Instance;
        yield return new CloseMessage("gone", allowReconnect: true);
        yield return CloseMessage.Empty;
        yield return new AckMessage(300);
        yield return new SequenceMessage(70_000);
    }

    private static string Both(HubMessage message) => JsonSerializer.Serialize(
        new { json = HubProtocols.Describe(message), pack = HubProtocols.Pack.GetMessageBytes(message).ToArray() });

    private sealed record Answer(byte[]? Official, byte[] Generic);
}

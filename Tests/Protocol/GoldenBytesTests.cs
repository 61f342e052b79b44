using System.Buffers;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>The examples of the published hub protocol, byte for byte, both ways.</summary>
public sealed class GoldenBytesTests
{
    private static readonly Dictionary<string, string> Headers = new() { ["x"] = "y", ["z"] = "z" };

    private static readonly Dictionary<string, (string Body, HubMessage Message)> Examples = new()
    {
        ["invocation"] = ("96 01 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90", new InvocationMessage("xyz", "method", [42])),
        ["invocation without id"] = ("96 01 80 c0 a6 6d 65 74 68 6f 64 91 2a 90", new InvocationMessage(null, "method", [42])),
        ["invocation with headers"] = (
            "96 01 82 a1 78 a1 79 a1 7a a1 7a a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90",
            new InvocationMessage("xyz", "method", [42]) { Headers = Headers }),
        ["invocation with a stream"] = ("96 01 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 91 a1 31", new InvocationMessage("xyz", "method", [42], ["1"])),
        ["stream invocation"] = ("96 04 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90", new StreamInvocationMessage("xyz", "method", [42])),
        ["stream item"] = ("94 02 80 a3 78 79 7a 2a", new StreamItemMessage("xyz", 42)),
        ["completion with an error"] = ("95 03 80 a3 78 79 7a 01 a5 45 72 72 6f 72", CompletionMessage.WithError("xyz", "Error")),
        ["completion without a result"] = ("94 03 80 a3 78 79 7a 02", CompletionMessage.Empty("xyz")),
        ["completion with a result"] = ("95 03 80 a3 78 79 7a 03 2a", CompletionMessage.WithResult("xyz", 42)),
        ["cancellation"] = ("93 05 80 a3 78 79 7a", new CancelInvocationMessage("xyz")),
        ["ping"] = ("91 06", PingMessage.Instance),
        ["close"] = ("93 07 a3 78 79 7a c2", new CloseMessage("xyz")),
        ["close without an error"] = ("93 07 c0 c2", CloseMessage.Empty),
        ["close with a reconnect"] = ("93 07 a3 78 79 7a c3", new CloseMessage("xyz", allowReconnect: true)),
        ["ack"] = ("92 08 24", new AckMessage(36)),
        ["sequence"] = ("92 09 13", new SequenceMessage(19)),
    };

    // The examples have a number wherever a value is.
    private static readonly OneTypeBinder Numbers = new(typeof(int));

    public static TheoryData<string> Names => [.. Examples.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Message_written_has_the_bytes_of_the_specification(string name)
    {
        var (body, message) = Examples[name];
        Assert.Equal(Convert.ToHexString(Framed(body)), Convert.ToHexString(HubProtocols.Pack.GetMessageBytes(message).Span));
    }

    [Theory, MemberData(nameof(Names))]
    public void Message_read_from_the_specification_is_the_same_message(string name)
    {
        var (body, message) = Examples[name];
        var parsed = HubProtocols.Pack.Parse(Framed(body), Numbers);
        Assert.IsType(message.GetType(), parsed);
        Assert.Equal(HubProtocols.Describe(message), HubProtocols.Describe(parsed));
    }

    [Theory]
    [InlineData("92 07 a3 78 79 7a", "{\"type\":7,\"error\":\"xyz\"}\u001e")]
    [InlineData("92 07 c0", "{\"type\":7}\u001e")]
    [InlineData("92 07 a0", "{\"type\":7,\"error\":\"\"}\u001e")]
    [InlineData("92 08 cc 24", "{\"type\":8,\"sequenceId\":36}\u001e")]
    [InlineData("92 09 cf 00 00 00 00 00 00 00 13", "{\"type\":9,\"sequenceId\":19}\u001e")]
    [InlineData("95 01 80 c0 a6 6d 65 74 68 6f 64 91 2a", "{\"type\":1,\"target\":\"method\",\"arguments\":[42]}\u001e")]
    [InlineData("96 01 80 a0 a6 6d 65 74 68 6f 64 91 2a 90", "{\"type\":1,\"target\":\"method\",\"arguments\":[42]}\u001e")]
    [InlineData("97 01 80 c0 a6 6d 65 74 68 6f 64 91 2a 90 a3 6e 65 77", "{\"type\":1,\"target\":\"method\",\"arguments\":[42]}\u001e")]
    public void Message_in_another_allowed_form_is_read_the_same(string body, string json) =>
        Assert.Equal(json, HubProtocols.Describe(HubProtocols.Pack.Parse(Framed(body), Numbers)));

    [Fact]
    public void MessageType_unknown_is_skipped_and_the_next_read_returns_what_follows()
    {
        var input = new ReadOnlySequence<byte>([.. Framed("93 2a 80 a1 78"), .. Framed("91 06")]);
        Assert.False(HubProtocols.Pack.TryParseMessage(ref input, Numbers, out _));
        Assert.True(HubProtocols.Pack.TryParseMessage(ref input, Numbers, out var message));
        Assert.IsType<PingMessage>(message);
        Assert.True(input.IsEmpty);
    }

    [Theory]
    [InlineData(0x35, "35")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(5_248, "8029")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_152, "80808001")]
    public void Frame_of_any_length_starts_with_that_length(int length, string head)
    {
        // [7, error, false]: what surrounds the text is as long as its own head, and 3.
        var text = new string('x', length - 3 - (length switch { < 35 => 1, < 261 => 2, < 65_542 => 3, _ => 5 }));
        var frame = HubProtocols.Pack.GetMessageBytes(new CloseMessage(text));
        Assert.StartsWith(head, Convert.ToHexString(frame.Span[..6]), StringComparison.Ordinal);
        Assert.Equal((head.Length / 2) + length, frame.Length);
        Assert.Equal(text, Assert.IsType<CloseMessage>(HubProtocols.Pack.Parse(frame, Numbers)).Error);
    }

    [Fact]
    public void Protocol_names_messagepack_and_supports_versions_to_2()
    {
        Assert.Equal(("messagepack", 2), (HubProtocols.Pack.Name, HubProtocols.Pack.Version));
        Assert.Equal([1, 2], Enumerable.Range(1, 9).Where(HubProtocols.Pack.IsVersionSupported));
    }

    private static byte[] Framed(string body) => Frames.Of(Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal)));
}

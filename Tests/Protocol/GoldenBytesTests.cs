using System.Buffers;
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
        ["close"] = ("92 07 a3 78 79 7a", new CloseMessage("xyz")),
        ["close without an error"] = ("92 07 c0", CloseMessage.Empty),
        ["close with an empty error"] = ("92 07 a0", new CloseMessage("")),
        ["close with a reconnect"] = ("93 07 a3 78 79 7a c3", new CloseMessage("xyz", allowReconnect: true)),
        ["ack"] = ("92 08 24", new AckMessage(36)),
        ["sequence"] = ("92 09 13", new SequenceMessage(19)),
    };

    // The examples have a number wherever a value is.
    private static readonly OneTypeBinder Numbers = new(typeof(int));

    public static TheoryData<string> Names => [.. Examples.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_message_is_written_as_the_specification_has_it(string name)
    {
        var (body, message) = Examples[name];
        Assert.Equal(Convert.ToHexString(Framed(body)), Convert.ToHexString(HubProtocols.Pack.GetMessageBytes(message).Span));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_message_is_read_as_the_specification_has_it(string name)
    {
        var (body, message) = Examples[name];
        var parsed = HubProtocols.Pack.Parse(Framed(body), Numbers);
        Assert.IsType(message.GetType(), parsed);
        Assert.Equal(HubProtocols.Describe(message), HubProtocols.Describe(parsed));
    }

    [Theory]
    [InlineData("92 08 cc 24", "{\"type\":8,\"sequenceId\":36}\u001e")]
    [InlineData("92 09 cf 00 00 00 00 00 00 00 13", "{\"type\":9,\"sequenceId\":19}\u001e")]
    [InlineData("95 01 80 c0 a6 6d 65 74 68 6f 64 91 2a", "{\"type\":1,\"target\":\"method\",\"arguments\":[42]}\u001e")]
    [InlineData("96 01 80 a0 a6 6d 65 74 68 6f 64 91 2a 90", "{\"type\":1,\"target\":\"method\",\"arguments\":[42]}\u001e")]
    [InlineData("97 01 80 c0 a6 6d 65 74 68 6f 64 91 2a 90 a3 6e 65 77", "{\"type\":1,\"target\":\"method\",\"arguments\":[42]}\u001e")]
    public void Other_forms_that_the_specification_allows_are_read_too(string body, string json) =>
        Assert.Equal(json, HubProtocols.Describe(HubProtocols.Pack.Parse(Framed(body), Numbers)));

    [Fact]
    public void A_message_of_a_type_from_the_future_does_not_hold_up_the_next()
    {
        var input = new ReadOnlySequence<byte>([.. Framed("93 2a 80 a1 78"), .. Framed("91 06")]);
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
    public void A_frame_starts_with_its_length(int length, string head)
    {
        // [7, error]: what surrounds the text is as long as its own head, and 2.
        var text = new string('x', length - 2 - (length switch { < 34 => 1, < 260 => 2, < 65_541 => 3, _ => 5 }));
        var frame = HubProtocols.Pack.GetMessageBytes(new CloseMessage(text));
        Assert.StartsWith(head, Convert.ToHexString(frame.Span[..6]), StringComparison.Ordinal);
        Assert.Equal((head.Length / 2) + length, frame.Length);
        Assert.Equal(text, Assert.IsType<CloseMessage>(HubProtocols.Pack.Parse(frame, Numbers)).Error);
    }

    [Fact]
    public void It_is_the_binary_protocol_named_messagepack_in_versions_1_and_2()
    {
        Assert.Equal(("messagepack", 2), (HubProtocols.Pack.Name, HubProtocols.Pack.Version));
        Assert.Equal([1, 2], Enumerable.Range(0, 9).Where(HubProtocols.Pack.IsVersionSupported));
    }

    private static byte[] Framed(string body) => Frames.Of(Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal)));
}

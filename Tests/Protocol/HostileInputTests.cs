using System.Buffers;
using ChatHub.Contracts;
using ChatHub.Tests.Protocol.Support;
using Microsoft.AspNetCore.SignalR.Protocol;
using Xunit;

namespace ChatHub.Tests.Protocol;

/// <summary>Malicious and damaged input: incomplete frames, false lengths, wrong types, endless nesting.</summary>
public sealed class HostileInputTests
{
    private static readonly ContractBinder Binder = new();

    [Fact]
    public void Frame_incomplete_is_not_read()
    {
        var frame = SendMessage().ToArray();
        for (var length = 0; length < frame.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(frame, 0, length);
            Assert.False(HubProtocols.Pack.TryParseMessage(ref input, Binder, out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Fact]
    public void Frame_split_anywhere_reads_the_same()
    {
        var frame = SendMessage();
        var expected = HubProtocols.Describe(HubProtocols.Pack.Parse(frame, Binder));
        for (var at = 0; at <= frame.Length; at++)
            Assert.Equal(expected, Parse(Segments.Split(frame, at)));
        Assert.Equal(expected, Parse(Segments.Crumble(frame)));

        static string Parse(ReadOnlySequence<byte> input)
        {
            Assert.True(HubProtocols.Pack.TryParseMessage(ref input, Binder, out var message));
            Assert.True(input.IsEmpty);
            return HubProtocols.Describe(message);
        }
    }

    [Fact]
    public void Body_truncated_anywhere_closes_the_connection_or_fails_the_call()
    {
        // [1, {}, "7", "SendMessage", and from there on the arguments and the ids of no streams
        const int Arguments = 17;
        var body = Frames.Body(SendMessage());
        for (var length = 0; length < body.Length; length++)
        {
            var frame = Frames.Of(body[..length]);
            if (length < Arguments || length == body.Length - 1)
                AssertCloses(frame);
            else
                Assert.IsType<InvocationBindingFailureMessage>(HubProtocols.Pack.Parse(frame, Binder));
        }
    }

    [Theory]
    [InlineData("ff ff ff ff ff")]
    [InlineData("80 80 80 80 80 01")]
    [InlineData("ff ff ff ff 0f")]
    [InlineData("00")]
    [InlineData("01 90")]
    [InlineData("01 06")]
    [InlineData("02 91 c0")]
    [InlineData("02 91 01")]
    [InlineData("05 95 01 80 c0 c0")]
    [InlineData("06 95 01 c0 c0 a0 90")]
    [InlineData("06 95 01 80 c0 a0 90")]
    [InlineData("06 95 04 80 c0 a1 78")]
    [InlineData("05 94 03 80 a1 31")]
    [InlineData("06 94 03 80 a1 31 07")]
    [InlineData("06 94 03 80 a1 31 03")]
    [InlineData("07 95 03 80 a1 31 01 05")]
    [InlineData("05 94 02 80 c0 05")]
    [InlineData("04 92 08 a1 31")]
    [InlineData("03 92 07 05")]
    [InlineData("0b 95 01 82 a1 61 a1 62 a1 61 a1 63")]
    public void Bytes_that_are_no_message_close_the_connection(string bytes) =>
        AssertCloses(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("90")]
    [InlineData("92 80 80")]
    [InlineData("91 07")]
    [InlineData("91 81 a4 74 65 78 74 07")]
    [InlineData("91 81 07 07")]
    [InlineData("91 81 a4 74 65 78 74 a1 ff")]
    [InlineData("80")]
    public void Call_whose_argument_does_not_bind_fails_alone(string arguments)
    {
        byte[] start = [0x95, 0x01, 0x80, 0xa1, 0x31, 0xab, .. "SendMessage"u8];
        byte[] input = [.. Frames.Of([.. start, .. Convert.FromHexString(arguments.Replace(" ", "", StringComparison.Ordinal))]), .. SendMessage().Span];
        var sequence = new ReadOnlySequence<byte>(input);
        Assert.True(HubProtocols.Pack.TryParseMessage(ref sequence, Binder, out var first));
        var failure = Assert.IsType<InvocationBindingFailureMessage>(first);
        Assert.Equal(("1", "SendMessage"), (failure.InvocationId, failure.Target));
        Assert.True(HubProtocols.Pack.TryParseMessage(ref sequence, Binder, out var second));
        Assert.IsType<InvocationMessage>(second);
    }

    [Fact]
    public void Method_or_stream_not_known_fails_alone()
    {
        var call = HubProtocols.Pack.GetMessageBytes(new InvocationMessage("1", "NoSuchMethod", [7]));
        Assert.IsType<InvocationBindingFailureMessage>(HubProtocols.Pack.Parse(call, Binder));
        var item = HubProtocols.Pack.GetMessageBytes(new StreamItemMessage("NoSuchStream", 7));
        Assert.IsType<StreamBindingFailureMessage>(HubProtocols.Pack.Parse(item, Binder));
        var result = HubProtocols.Pack.GetMessageBytes(CompletionMessage.WithResult("NoSuchCall", 7));
        Assert.Null(Assert.IsType<CompletionMessage>(HubProtocols.Pack.Parse(result, Binder)).Result);
    }

    [Theory]
    [InlineData("91", typeof(object))]
    [InlineData("81 a0", typeof(object))]
    [InlineData("81 a4 4e 65 78 74", typeof(Chain))]
    public void Nesting_without_end_is_skipped_where_unread_and_refused_where_read(string opening, Type type)
    {
        var level = Convert.FromHexString(opening.Replace(" ", "", StringComparison.Ordinal));
        byte[] deep = [.. Enumerable.Repeat(level, 50_000).SelectMany(bytes => bytes), 0xc0];
        byte[] start = [0x95, 0x01, 0x80, 0xc0, 0xa5, .. "GetMe"u8, 0x91];
        Assert.IsType<InvocationMessage>(HubProtocols.Pack.Parse(Frames.Of([.. start, 0x81, 0xa1, 0x78, .. deep]), Binder));
        Assert.IsType<InvocationBindingFailureMessage>(HubProtocols.OpenPack.Parse(Frames.Of([.. start, .. deep]), new OneTypeBinder(type)));
    }

    [Theory]
    [InlineData("numbers of one byte each", 9)]
    [InlineData("a count without items", 9)]
    [InlineData("a text where a number belongs", 7)]
    [InlineData("thousands of unknown names", 1)]
    [InlineData("a long target", 5)]
    public void Memory_for_a_hostile_frame_is_a_small_multiple_of_its_length(string sent, int multiple)
    {
        byte[] report = [0x95, 0x01, 0x80, 0xc0, 0xa6, .. "Report"u8, 0x91, 0x81, 0xa4, .. "seqs"u8];
        byte[] body = sent switch
        {
            "numbers of one byte each" => [.. report, 0xdc, 0xf0, 0x00, .. new byte[0xf000]],
            "a count without items" => [.. report, 0xdd, 0x00, 0x00, 0xf0, 0x00, 0xdd, 0x00, 0x00, 0xef, 0x00, .. Enumerable.Repeat((byte)0xc1, 0xf000)],
            "a text where a number belongs" => [.. report, 0xda, 0xf0, 0x00, .. new byte[0xf000]],
            "thousands of unknown names" => [.. report[..^6], 0xde, 0x70, 0x00, .. Enumerable.Repeat(new byte[] { 0xa0, 0xc0 }, 0x7000).SelectMany(pair => pair)],
            _ => [0x95, 0x01, 0x80, 0xc0, 0xda, 0xf0, 0x00, .. Enumerable.Repeat((byte)'x', 0xf000), 0x90],
        };
        var frame = Frames.Of(body);
        Parse();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < multiple * frame.Length, $"{frame.Length} bytes cost {allocated}");

        void Parse()
        {
            var input = new ReadOnlySequence<byte>(frame);
            try
            {
                HubProtocols.Pack.TryParseMessage(ref input, Binder, out _);
            }
            catch (Exception e) when (FrameErrors.Contain(e))
            {
                // Refused: what it cost is what counts here.
            }
        }
    }

    [Fact]
    public void Frame_damaged_is_read_or_refused_within_bounds()
    {
        var result = new FrameFuzzer(HubProtocols.Pack, seed: 5).Run(30_000);
        Assert.True(result is { Messages: > 1_000, BindingFailures: > 1_000, Refused: > 1_000 }, $"{result}");
    }

    private static void AssertCloses(byte[] bytes)
    {
        var input = new ReadOnlySequence<byte>(bytes);
        var failure = Assert.ThrowsAny<Exception>(() => HubProtocols.Pack.TryParseMessage(ref input, Binder, out _));
        Assert.True(FrameErrors.Contain(failure), $"{failure}");
    }

    private static ReadOnlyMemory<byte> SendMessage() => HubProtocols.Pack.GetMessageBytes(
        new InvocationMessage("7", "SendMessage", [new SendMessageInput { ConversationId = "c", Text = "Hi 👋", ClientId = "1" }]));

    private sealed class Chain
    {
        public Chain? Next { get; set; }
    }
}

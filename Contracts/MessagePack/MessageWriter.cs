using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Contracts.MessagePack;

/// <summary>Writes each hub message as an array. Headers are a map of text to text.</summary>
internal static class MessageWriter
{
    public static void Write(ref PackWriter writer, HubMessage message, CodecTable codecs)
    {
        switch (message)
        {
            case InvocationMessage invocation: WriteCall(ref writer, MessageTypes.Invocation, invocation, codecs); break;
            case StreamInvocationMessage invocation: WriteCall(ref writer, MessageTypes.StreamInvocation, invocation, codecs); break;
            case StreamItemMessage item: WriteStreamItem(ref writer, item, codecs); break;
            case CompletionMessage completion: WriteCompletion(ref writer, completion, codecs); break;
            case CancelInvocationMessage cancel: WriteStart(ref writer, 3, MessageTypes.CancelInvocation, cancel); break;
            case PingMessage: WritePing(ref writer); break;
            case CloseMessage close: WriteClose(ref writer, close); break;
            case AckMessage ack: WriteNumbered(ref writer, MessageTypes.Ack, ack.SequenceId); break;
            case SequenceMessage sequence: WriteNumbered(ref writer, MessageTypes.Sequence, sequence.SequenceId); break;
            default: throw new InvalidDataException($"{message.GetType().Name} is no message of the wire.");
        }
    }

    // [1, headers, id|nil, target, [arguments], [stream ids]]; a stream invocation the same with 4
    private static void WriteCall(ref PackWriter writer, int type, HubMethodInvocationMessage call, CodecTable codecs)
    {
        WriteStart(ref writer, 6, type, call);
        writer.WriteString(call.Target);
        writer.WriteArrayHead(call.Arguments.Length);
        foreach (var argument in call.Arguments)
            WriteValue(ref writer, argument, codecs);

        var streams = call.StreamIds ?? [];
        writer.WriteArrayHead(streams.Length);
        foreach (var stream in streams)
            writer.WriteString(stream);
    }

    // [2, headers, id, item]
    private static void WriteStreamItem(ref PackWriter writer, StreamItemMessage item, CodecTable codecs)
    {
        WriteStart(ref writer, 4, MessageTypes.StreamItem, item);
        WriteValue(ref writer, item.Item, codecs);
    }

    // [3, headers, id, 1, error] or [3, headers, id, 2] or [3, headers, id, 3, result]
    private static void WriteCompletion(ref PackWriter writer, CompletionMessage completion, CodecTable codecs)
    {
        var hasMore = completion.Error is not null || completion.HasResult;
        WriteStart(ref writer, hasMore ? 5 : 4, MessageTypes.Completion, completion);
        if (completion.Error is { } error)
        {
            writer.WriteInteger(MessageTypes.ErrorResult);
            writer.WriteString(error);
        }
        else if (completion.HasResult)
        {
            writer.WriteInteger(MessageTypes.ValueResult);
            WriteValue(ref writer, completion.Result, codecs);
        }
        else
        {
            writer.WriteInteger(MessageTypes.VoidResult);
        }
    }

    // [6]
    private static void WritePing(ref PackWriter writer)
    {
        writer.WriteArrayHead(1);
        writer.WriteInteger(MessageTypes.Ping);
    }

    // [7, error|nil] or [7, error|nil, true] where the client may reconnect
    private static void WriteClose(ref PackWriter writer, CloseMessage close)
    {
        writer.WriteArrayHead(close.AllowReconnect ? 3 : 2);
        writer.WriteInteger(MessageTypes.Close);
        WriteTextOrNil(ref writer, close.Error);
        if (close.AllowReconnect)
            writer.WriteBoolean(true);
    }

    // [8, sequence id] or [9, sequence id]
    private static void WriteNumbered(ref PackWriter writer, int type, long sequenceId)
    {
        writer.WriteArrayHead(2);
        writer.WriteInteger(type);
        writer.WriteInteger(sequenceId);
    }

    // [type, headers, id|nil, and what follows; a cancellation, 5, is no more than this
    private static void WriteStart(ref PackWriter writer, int items, int type, HubInvocationMessage message)
    {
        writer.WriteArrayHead(items);
        writer.WriteInteger(type);
        WriteHeaders(ref writer, message.Headers);
        WriteTextOrNil(ref writer, string.IsNullOrEmpty(message.InvocationId) ? null : message.InvocationId);
    }

    private static void WriteHeaders(ref PackWriter writer, IDictionary<string, string>? headers)
    {
        writer.WriteMapHead(headers?.Count ?? 0);
        if (headers is null)
            return;

        foreach (var (name, value) in headers)
        {
            writer.WriteString(name);
            writer.WriteString(value);
        }
    }

    private static void WriteTextOrNil(ref PackWriter writer, string? text)
    {
        if (text is null)
            writer.WriteNil();
        else
            writer.WriteString(text);
    }

    // By the value's own type, as JSON writes arguments and results.
    private static void WriteValue(ref PackWriter writer, object? value, CodecTable codecs)
    {
        if (value is null)
            writer.WriteNil();
        else
            codecs.For(value.GetType()).WriteObject(ref writer, value);
    }
}

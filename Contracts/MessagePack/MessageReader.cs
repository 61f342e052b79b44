using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatHub.Contracts.MessagePack;

/// <summary>
/// Reads one frame's body as a hub message; each form stands above its writer. Items beyond the known ones are left
/// unread, so that the protocol can grow.
/// </summary>
internal ref struct MessageReader(ReadOnlySpan<byte> body, IInvocationBinder binder, CodecTable codecs)
{
    // Far more than any call has, and few enough to cost nothing.
    private const int MostHeaders = 64;
    private const int MostStreams = 64;

    private PackReader _reader = new(body);
    private int _items;

    /// <summary>The message, or null for a type that is not known.</summary>
    public HubMessage? Read()
    {
        _items = ReadArrayHead();
        Expect(1);
        return ReadInteger() switch
        {
            MessageTypes.Invocation => ReadCall(isStream: false),
            MessageTypes.StreamInvocation => ReadCall(isStream: true),
            MessageTypes.StreamItem => ReadStreamItem(),
            MessageTypes.Completion => ReadCompletion(),
            MessageTypes.CancelInvocation => ReadCancelInvocation(),
            MessageTypes.Ping => PingMessage.Instance,
            MessageTypes.Close => ReadClose(),
            MessageTypes.Ack => new AckMessage(ReadSequenceId()),
            MessageTypes.Sequence => new SequenceMessage(ReadSequenceId()),
            _ => null,
        };
    }

    private HubMessage ReadCall(bool isStream)
    {
        Expect(5);
        var headers = ReadHeaders();
        var id = isStream ? ReadId() : ReadOptionalId();
        var target = ReadTarget();
        var start = _reader.Position;
        object?[] arguments;
        try
        {
            arguments = BindArguments(target);
        }
        catch (Exception e)
        {
            return new InvocationBindingFailureMessage(id, target, PassOver(start, e));
        }

        var streams = _items > 5 ? ReadStreamIds() : null;
        return isStream
            ? new StreamInvocationMessage(id!, target, arguments, streams) { Headers = headers }
            : new InvocationMessage(id, target, arguments, streams) { Headers = headers };
    }

    private HubMessage ReadStreamItem()
    {
        Expect(4);
        var headers = ReadHeaders();
        var id = ReadId();
        var start = _reader.Position;
        try
        {
            return new StreamItemMessage(id, ReadValue(binder.GetStreamItemType(id))) { Headers = headers };
        }
        catch (Exception e)
        {
            return new StreamBindingFailureMessage(id, PassOver(start, e));
        }
    }

    private CompletionMessage ReadCompletion()
    {
        Expect(4);
        var headers = ReadHeaders();
        var id = ReadId();
        var completion = ReadInteger() switch
        {
            MessageTypes.VoidResult => CompletionMessage.Empty(id),
            MessageTypes.ErrorResult => CompletionMessage.WithError(id, ReadError()),
            MessageTypes.ValueResult => ReadResult(id),
            var kind => throw new InvalidDataException($"There is no completion of kind {kind}."),
        };
        completion.Headers = headers;
        return completion;
    }

    // A result that does not fit fails its call as an error would. One that nobody waits for any more has no type.
    private CompletionMessage ReadResult(string id)
    {
        Expect(5);
        var start = _reader.Position;
        try
        {
            return CompletionMessage.WithResult(id, binder.GetReturnType(id) is { } type ? ReadValue(type) : null);
        }
        catch (Exception e)
        {
            PassOver(start, e);
            return CompletionMessage.WithError(id, $"The result could not be read. {e.Message}");
        }
    }

    private CancelInvocationMessage ReadCancelInvocation()
    {
        Expect(3);
        var headers = ReadHeaders();
        return new CancelInvocationMessage(ReadId()) { Headers = headers };
    }

    private CloseMessage ReadClose()
    {
        Expect(2);
        var error = ReadTextOrNil();
        return new CloseMessage(error, allowReconnect: _items > 2 && _reader.Read() is PackKind.True);
    }

    private long ReadSequenceId()
    {
        Expect(2);
        return ReadInteger();
    }

    private object?[] BindArguments(string target)
    {
        var types = binder.GetParameterTypes(target);
        var count = ReadArrayHead();
        if (count != types.Count)
            throw new InvalidDataException($"{target} takes {types.Count} arguments, not {count}.");

        var arguments = new object?[count];
        for (var i = 0; i < count; i++)
            arguments[i] = ReadValue(types[i]);
        return arguments;
    }

    private object? ReadValue(Type type) => codecs.For(type).ReadObject(ref _reader);

    // A value that does not fit is the call's own failure, if its bytes are sound; if they are not, this throws.
    private ExceptionDispatchInfo PassOver(int start, Exception reason)
    {
        _reader.Position = start;
        _reader.Skip();
        return ExceptionDispatchInfo.Capture(reason);
    }

    private Dictionary<string, string>? ReadHeaders()
    {
        if (_reader.Read() is not PackKind.Map)
            throw new InvalidDataException("A message's headers are no map.");

        var count = AtMost(MostHeaders, _reader.Count);
        if (count == 0)
            return null;

        var headers = new Dictionary<string, string>(count);
        for (var i = 0; i < count; i++)
            headers[ReadText()] = ReadText();
        return headers;
    }

    private string[]? ReadStreamIds()
    {
        var count = AtMost(MostStreams, ReadArrayHead());
        if (count == 0)
            return null;

        var ids = new string[count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = ReadText();
        return ids;
    }

    // The binder knows its targets in UTF-8: no new string for each call.
    private string ReadTarget()
    {
        var start = _reader.Position;
        if (_reader.Read() is PackKind.String && binder.GetTarget(_reader.Content) is { } known)
            return known;

        _reader.Position = start;
        return ReadText() is { Length: > 0 } target ? target : throw new InvalidDataException("A call has no target.");
    }

    // An empty id is none.
    private string? ReadOptionalId() => ReadTextOrNil() is { Length: > 0 } id ? id : null;

    private string ReadId() => ReadOptionalId() ?? throw new InvalidDataException("A message that belongs to a call has no id.");

    private string ReadError()
    {
        Expect(5);
        return ReadText();
    }

    private string ReadText() =>
        _reader.Read() is PackKind.String ? _reader.Text() : throw new InvalidDataException("A message has something else where text belongs.");

    private string? ReadTextOrNil() => _reader.Read() switch
    {
        PackKind.Nil => null,
        PackKind.String => _reader.Text(),
        _ => throw new InvalidDataException("A message has something else where text or nil belongs."),
    };

    private long ReadInteger() =>
        _reader.Read() is PackKind.Integer ? _reader.Integer : throw new InvalidDataException("A message has something else where an integer belongs.");

    private int ReadArrayHead() =>
        _reader.Read() is PackKind.Array ? _reader.Count : throw new InvalidDataException("A message has something else where an array belongs.");

    private static int AtMost(int most, int count) =>
        count <= most ? count : throw new InvalidDataException($"A message has {count} items where {most} are the most.");

    private readonly void Expect(int items)
    {
        if (_items < items)
            throw new InvalidDataException($"A message has {_items} items where {items} belong.");
    }
}

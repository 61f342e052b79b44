using MessagePack;

namespace ChatHub.Tests.Protocol.Support;

/// <summary>What the protocol throws for bytes that are no hub message. SignalR closes the connection on any exception.</summary>
internal static class FrameErrors
{
    // A length beyond 2 GiB is a FormatException, a header that is sent twice an ArgumentException.
    public static bool Contain(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or MessagePackSerializationException or FormatException or ArgumentException;
}

using System.Buffers.Binary;

namespace ChatHub.Tests.Tds;

/// <summary>
/// The first message of a client: options as (token, offset, length), ended by 0xFF. Says for the client that it cannot
/// encrypt, so that the login and everything after it can be read. A server that insists on encryption refuses then.
/// </summary>
public static class Prelogin
{
    private const byte Encryption = 0x01;
    private const byte Terminator = 0xFF;
    private const byte NotSupported = 0x02;
    private const int OptionSize = 5;

    public static TdsMessage InClear(TdsMessage prelogin)
    {
        var payload = prelogin.Payload.ToArray();
        for (var option = 0; payload[option] != Terminator; option += OptionSize)
        {
            if (payload[option] == Encryption)
                payload[BinaryPrimitives.ReadUInt16BigEndian(payload.AsSpan(option + 1))] = NotSupported;
        }

        return prelogin with { Payload = payload };
    }
}

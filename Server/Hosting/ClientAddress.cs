using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ChatHub.Server.Hosting;

/// <summary>Where a client comes from.</summary>
public static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>What limits count by: an IPv4 address, or the /64 of an IPv6 one, which is what one subscriber gets.</summary>
    public static string LimitKey(HttpContext http) => LimitKey(http.Connection.RemoteIpAddress);

    public static string LimitKey(IPAddress? address)
    {
        if (address is null)
            return "local";
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
            return Text(address);
        Span<byte> bytes = stackalloc byte[2 * NetworkBytes];
        address.TryWriteBytes(bytes, out _);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[NetworkBytes..], 0);
        return $"{new IPAddress(bytes)}/64";
    }

    /// <summary>For people; null over a unix socket.</summary>
    public static string? Text(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Text(address) : null;

    private static string Text(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}

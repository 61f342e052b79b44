using System.Net;
using System.Net.Sockets;

namespace ChatHub.Server.Outbox;

/// <summary>Which addresses are of the public internet: none of this machine, of private networks, or reserved (IANA's registries of special-purpose addresses).</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] SpecialV4 =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(IPNetwork.Parse),
    ];

    // Only 2000::/3 is handed out; in it, what is for protocols, documentation, or holds an IPv4 address of any kind.
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialV6 = [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse)];

    public static bool Contains(IPAddress address)
    {
        var ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return ip.AddressFamily switch
        {
            AddressFamily.InterNetwork => !SpecialV4.Any(network => network.Contains(ip)),
            AddressFamily.InterNetworkV6 => GlobalV6.Contains(ip) && !SpecialV6.Any(network => network.Contains(ip)),
            _ => false,
        };
    }
}

using System.Net;
using System.Net.Sockets;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Which addresses are on the public internet: all but those of the registries of special purposes (IANA, RFC 6890 and its successors).</summary>
internal static class PublicAddresses
{
    // Forms that carry an IPv4 address within (compatible, NAT64, 6to4, Teredo) are among them, and mapped ones are refused below: what they lead to depends on the network.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Contains(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 && !Special.Any(network => network.Contains(address));
}

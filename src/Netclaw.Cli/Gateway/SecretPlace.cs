using System.Net;
using System.Net.NetworkInformation;

namespace Netclaw.Cli.Gateway;

/// <summary>Where a secret can be shown without anybody on the way reading it. Addresses as they are written: what a name resolves to is a resolver's word.</summary>
internal static class SecretPlace
{
    /// <summary>https, or loopback.</summary>
    public static bool IsPrivate(Uri url) => url.Scheme == Uri.UriSchemeHttps || IsLoopback(url);

    /// <summary>Loopback, or an address of this machine's own interfaces.</summary>
    public static bool IsThisMachine(Uri url) => IsLoopback(url) || (Literal(url) is { } address && NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(network => network.GetIPProperties().UnicastAddresses).Any(own => own.Address.Equals(address)));

    private static bool IsLoopback(Uri url) => url.IdnHost == "localhost" || (Literal(url) is { } address && IPAddress.IsLoopback(address));

    private static IPAddress? Literal(Uri url) => IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) ? address : null;
}

using System.Net;

namespace Netclaw.Actors.Cron;

/// <summary>Where the gateway may post to: encrypted, or not leaving the machine.</summary>
public static class WebhookAddress
{
    private const int Longest = 2000;

    public static bool TryRead(string text, out Uri address)
    {
        address = null!;
        return text.Length <= Longest && Uri.TryCreate(text, UriKind.Absolute, out address!) && address.UserInfo.Length == 0 && address.Host.Length > 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsLoopback(address)));
    }

    /// <summary>By its address: what a name means is for others to say.</summary>
    private static bool IsLoopback(Uri address) => IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? IPAddress.IsLoopback(ip) : address.Host == "localhost";
}

using System.Net;

namespace Netclaw.Protocol;

/// <summary>
/// The address of a gateway as people type and links carry it: http or https, a host, maybe a port and a path prefix; no user name,
/// query or fragment, because secrets do not belong in addresses.
/// </summary>
public static class GatewayAddress
{
    /// <param name="problem">What is wrong, for a person; empty when well-formed.</param>
    public static bool TryParse(string? text, out Uri url, out string problem)
    {
        url = null!;
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var parsed))
        {
            problem = "it is not a complete address; one begins with http:// or https://";
            return false;
        }

        problem = Problem(parsed);
        url = parsed;
        return problem.Length == 0;
    }

    private static string Problem(Uri url)
    {
        if (url.Scheme is not ("http" or "https"))
        {
            return $"it begins with {url.Scheme}: instead of http:// or https://";
        }

        if (url.Host.Length == 0)
        {
            return "it names no host";
        }

        if (IPAddress.TryParse(url.Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            return $"{url.Host} is what a gateway listens on to be reached at any of its addresses; write one of those, or a name";
        }

        if (url.UserInfo.Length > 0)
        {
            return "it holds a user name or password, which Netclaw does not use";
        }

        return url.Query.Length > 0 || url.Fragment.Length > 0 ? "it has a ? or # part, which an address of a gateway does not have" : "";
    }
}

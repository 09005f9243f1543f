namespace Netclaw.Daemon.Evidence;

/// <summary>Headers that only a proxy or tunnel has reason to send (trust.md section 1). Any of them, whatever it says, means: this did not come straight from its client.</summary>
public static class ForwardingHeaders
{
    private static readonly string[] Names = ["forwarded", "via", "x-real-ip"];
    private static readonly string[] Prefixes = ["x-forwarded", "cf-", "tailscale-", "x-envoy-"];

    public static bool AnyIn(IEnumerable<string> headerNames) => headerNames.Any(Tells);

    /// <summary>Some servers take <c>X_Forwarded_For</c> for the same header, so it is the same here.</summary>
    public static bool Tells(string headerName)
    {
        if (headerName.Length < 3 || headerName[0] is not ('f' or 'F' or 'v' or 'V' or 'x' or 'X' or 'c' or 'C' or 't' or 'T'))
        {
            return false;
        }

        var name = headerName.Replace('_', '-');
        return Names.Any(known => name.Equals(known, StringComparison.OrdinalIgnoreCase))
            || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }
}

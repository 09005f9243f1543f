namespace Netclaw.Actors.Trust.Reading;

/// <summary>Headers that only a proxy or tunnel has reason to send (trust.md section 1). Any of them, whatever it says, means: this did not come straight from its client.</summary>
public static class ForwardingHeaders
{
    private static readonly string[] Names = ["forwarded", "via", "x-real-ip"];
    private static readonly string[] Prefixes = ["x-forwarded", "cf-", "tailscale-", "x-envoy-"];

    /// <summary>Some servers take <c>X_Forwarded_For</c> for the same header, so it is the same here.</summary>
    public static bool Tells(ReadOnlySpan<char> headerName)
    {
        if (headerName.Length < 3 || headerName[0] is not ('f' or 'F' or 'v' or 'V' or 'x' or 'X' or 'c' or 'C' or 't' or 'T'))
        {
            return false;
        }

        foreach (var known in Names)
        {
            if (HeaderName.AreTwins(headerName, known))
            {
                return true;
            }
        }

        foreach (var prefix in Prefixes)
        {
            if (headerName.Length >= prefix.Length && HeaderName.AreTwins(headerName[..prefix.Length], prefix))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A list by its own syntax: a comma in it, or a second line, is no ambiguity.</summary>
    public static bool IsList(string headerName) =>
        headerName.Equals("forwarded", StringComparison.OrdinalIgnoreCase) || headerName.Equals("via", StringComparison.OrdinalIgnoreCase)
        || headerName.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase);
}

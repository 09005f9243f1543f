namespace Netclaw.Actors.Trust.Reading;

/// <summary>Which pages may connect (trust.md section 8), each exactly as browsers write it.</summary>
internal static class OriginRule
{
    public static bool Admits(string text, EvidenceRules rules)
    {
        if (!WebOrigin.TryParse(text, out var origin) || origin.ToString() != text)
        {
            return false;
        }

        return (rules.ExternalUrl is { } url && WebOrigin.TryOf(url, out var own) && own == origin) || rules.Origins.Contains(origin) || IsOwnPage(origin, rules);
    }

    /// <summary>A browser that says so of itself; what it does not say, or says in a new word, is no other site's.</summary>
    public static bool IsOtherSite(List<string> fetchSites) => fetchSites is not ([] or ["same-origin"] or ["none"]);

    /// <summary>With exposure local: http, a loopback host, a port it bound.</summary>
    private static bool IsOwnPage(WebOrigin origin, EvidenceRules rules) =>
        rules.Trust.Exposure == ExposureMode.Local && origin is { Scheme: "http", Host.IsLoopback: true } && rules.Bound.Any(endpoint => endpoint.Port == origin.Port);
}

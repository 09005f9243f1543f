using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>The header lines of a probe: its name, and every claim that a client has no business to make.</summary>
internal static class ProbeLines
{
    /// <param name="authorization">For a proxy that wants a password; the value of <c>Authorization</c>.</param>
    public static IReadOnlyList<string> Of(ProbeBeginResult begun, string? authorization)
    {
        var claims = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Forwarded-For"] = ProxyProbe.DecoyAddress,
            ["Forwarded"] = $"for={ProxyProbe.DecoyAddress}",
            ["X-Real-IP"] = ProxyProbe.DecoyAddress,
            ["X-Forwarded-Proto"] = ProxyProbe.Decoy,
            ["X-Forwarded-Host"] = ProxyProbe.Decoy + ".invalid",
        };
        foreach (var header in begun.Settings.RequiredHeaders)
        {
            claims[header] = ProxyProbe.Decoy;
        }

        if (begun.Settings.AssertionHeader is { } assertion)
        {
            claims[assertion] = ProxyProbe.Decoy;
        }

        if (begun.Settings.UserHeader is { } user)
        {
            claims[user] = ProxyProbe.Decoy;
            claims[Twin(user)] = ProxyProbe.Decoy;
        }

        return
        [
            $"{ProxyProbe.Header}: {begun.Id}", .. claims.Select(claim => $"{claim.Key}: {claim.Value}"),
            .. authorization is null ? Array.Empty<string>() : [$"Authorization: {authorization}"],
        ];
    }

    /// <summary>The same name to servers that turn hyphens and underscores into each other.</summary>
    public static string Twin(string header) => header.Replace('-', '_');
}

using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>Auth mode trusted-proxy: whether what the gateway believes is the proxy's word alone.</summary>
internal static class IdentityFindings
{
    public const string TwinId = "identity_twin";

    public static IEnumerable<ProxyFinding> Of(ProbeOutcome outcome, ProbeArrival arrived)
    {
        if (outcome.Settings.AuthMode != "trusted-proxy")
        {
            yield break;
        }

        if (outcome.ProxyNamesUsers)
        {
            foreach (var finding in User(outcome, arrived, outcome.Settings.UserHeader!))
            {
                yield return finding;
            }
        }

        foreach (var header in outcome.Settings.RequiredHeaders)
        {
            var values = Named(arrived, header);
            if (values.Count == 0)
            {
                yield return new ProxyFinding("required_header_missing", Severity.Error,
                    $"The header {header} of auth.trustedProxy.requiredHeaders did not arrive.", ProxyRemedies.For("required_header", outcome.Proxy, header));
            }
            else if (values.Exists(value => value.Decoy))
            {
                yield return new ProxyFinding("required_header_forged", Severity.Error,
                    $"The header {header} arrived as the client had sent it: it proves nothing about the proxy.", ProxyRemedies.For("required_header", outcome.Proxy, header));
            }
        }

        if (outcome.WithPassword && Named(arrived, "authorization").Count > 0)
        {
            yield return new ProxyFinding("password_passed_on", Severity.Warning,
                "The user's password was passed on to the gateway, which has no use for it.", ProxyRemedies.For("password_passed_on", outcome.Proxy));
        }
    }

    private static IEnumerable<ProxyFinding> User(ProbeOutcome outcome, ProbeArrival arrived, string header)
    {
        var values = Named(arrived, header);
        var fix = ProxyRemedies.For("identity_forged", outcome.Proxy, header);
        if (values.Exists(value => value.Decoy))
        {
            yield return new ProxyFinding("identity_forged", Severity.Error,
                $"The gateway received {header}: {ProxyProbe.Decoy}, as the client had sent it. Whoever comes through this proxy can be anybody.", fix);
        }
        else if (values.Count > 1)
        {
            yield return new ProxyFinding("identity_twice", Severity.Error, $"{header} arrived {values.Count} times; the gateway chooses none of them.", fix);
        }
        else if (values.Count == 0 || string.IsNullOrWhiteSpace(values[0].Value))
        {
            yield return new ProxyFinding("identity_missing", Severity.Error,
                $"{header} did not arrive: the proxy let the request through without saying whose it is.", fix);
        }

        if (arrived.Headers.FirstOrDefault(value => value.Decoy && value.Name.Contains('_')) is { } twin)
        {
            yield return new ProxyFinding(TwinId, Severity.Warning,
                $"{twin.Name} arrived as the client had sent it. The gateway refuses such a request; other servers take it for {header}.", ProxyRemedies.For("identity_twin", outcome.Proxy));
        }
    }

    private static List<ProbeHeader> Named(ProbeArrival arrived, string name) =>
        [.. arrived.Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
}

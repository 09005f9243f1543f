using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>What the proxy says of the client: whether it says anything, and whether the client can say it instead.</summary>
internal static class ForwardingFindings
{
    private static readonly string[] Names = ["forwarded", "via", "x-real-ip"];
    private static readonly string[] Prefixes = ["x-forwarded", "cf-", "tailscale-", "x-envoy-"];

    /// <summary>Only a proxy has reason to send such a header.</summary>
    public static bool Tells(string name)
    {
        var plain = name.Replace('_', '-');
        return Names.Contains(plain, StringComparer.OrdinalIgnoreCase) || Array.Exists(Prefixes, prefix => plain.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }

    public static IEnumerable<ProxyFinding> Of(ProbeOutcome outcome, ProbeArrival arrived) =>
        outcome.Settings.Exposure is "local" or "reverse-proxy" ? OfProxy(outcome, arrived) : OfTunnel(arrived);

    /// <summary>An agent passes on what it does not know, and nobody can tell it otherwise; what counts is the one header that it writes itself.</summary>
    private static IEnumerable<ProxyFinding> OfTunnel(ProbeArrival arrived) => arrived.Client switch
    {
        null => [new ProxyFinding("forwarding_missing", Severity.Warning, "The tunnel's agent does not say whom a request is from: limits and logs see one address for everybody.", [])],
        ProxyProbe.DecoyAddress => [new ProxyFinding("client_forged", Severity.Error, "The client's address arrived as the client had sent it: what stands there is not the tunnel's agent.", [])],
        _ => [],
    };

    private static IEnumerable<ProxyFinding> OfProxy(ProbeOutcome outcome, ProbeArrival arrived)
    {
        var passedOn = arrived.Headers.Where(header => header.Decoy && Tells(header.Name) && !header.Name.Contains('_') && !IsChecked(outcome, header.Name) && !IsAppended(header)).ToList();
        var client = passedOn.Find(header => IsClientList(header.Name));
        if (client is not null || arrived.Client == ProxyProbe.DecoyAddress)
        {
            yield return new ProxyFinding("client_forged", Severity.Error,
                $"{client?.Name ?? "The client's address"} arrived as the client had sent it: limits and logs would go by an address of its own choice.", ProxyRemedies.For("client_forged", outcome.Proxy));
        }
        else if (!arrived.Headers.Any(header => IsClientList(header.Name) || (!header.Decoy && Tells(header.Name) && !IsChecked(outcome, header.Name))))
        {
            yield return outcome.Settings.LoopbackUser && arrived.Place == "loopback"
                ? new ProxyFinding("forwarding_missing", Severity.Error,
                    "The proxy adds no forwarding header and runs on this machine: the gateway cannot tell it from a process of this machine, which auth.trustedProxy.loopbackUser lets in.",
                    ProxyRemedies.For("client_forged", outcome.Proxy))
                : new ProxyFinding("forwarding_missing", Severity.Warning,
                    $"The proxy does not say whom a request is from: limits and logs see {arrived.Remote} for everybody.", ProxyRemedies.For("client_forged", outcome.Proxy));
        }

        foreach (var header in passedOn.Where(header => !IsClientList(header.Name)))
        {
            yield return new ProxyFinding("forwarding_passed_on", Severity.Warning,
                $"{header.Name} arrived as the client had sent it. The gateway does not go by it; nobody else should either.", ProxyRemedies.For("forwarding_passed_on", outcome.Proxy, header.Name));
        }
    }

    private static bool IsClientList(string name) => name.ToLowerInvariant() is "x-forwarded-for" or "forwarded";

    /// <summary>The proxy put its own word behind the client's; the gateway reads from that end.</summary>
    private static bool IsAppended(ProbeHeader header) =>
        IsClientList(header.Name) && header.Value is { } value && !ProxyProbe.IsDecoy(value[(value.LastIndexOf(',') + 1)..]);

    /// <summary>The identity's own findings speak of these.</summary>
    private static bool IsChecked(ProbeOutcome outcome, string name) => outcome.Settings.AuthMode == "trusted-proxy"
        && (name.Equals(outcome.Settings.UserHeader, StringComparison.OrdinalIgnoreCase) || outcome.Settings.RequiredHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));
}

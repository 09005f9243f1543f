using System.Net;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>The request itself: upgrade, path, Host, the address it came from.</summary>
internal static class WayFindings
{
    public static IEnumerable<ProxyFinding> Of(ProbeOutcome outcome, ProbeArrival arrived)
    {
        if (!arrived.Upgrade)
        {
            yield return new ProxyFinding("upgrade_missing", Severity.Error,
                $"The WebSocket upgrade was lost on the way: the request arrived as plain {arrived.HttpVersion}. No client can connect.", ProxyRemedies.For("upgrade_missing", outcome.Proxy));
        }
        else if (!outcome.Answer.Greeted)
        {
            yield return new ProxyFinding("upgrade_not_returned", Severity.Error,
                $"The gateway granted the WebSocket, but the client was answered {outcome.Answer.Status} or heard nothing on it.", ProxyRemedies.For("upgrade_missing", outcome.Proxy));
        }

        else if (arrived.HttpVersion != "HTTP/1.1")
        {
            yield return new ProxyFinding("http_version", Severity.Warning,
                $"The upgrade arrived in {arrived.HttpVersion}; a WebSocket begins with HTTP/1.1 (RFC 6455).", ProxyRemedies.For("upgrade_missing", outcome.Proxy));
        }

        if (arrived.Path != Limits.HubPath)
        {
            yield return new ProxyFinding("path_changed", Severity.Error,
                $"The request arrived for {arrived.Path} instead of {Limits.HubPath}.", ProxyRemedies.For("path_changed", outcome.Proxy));
        }

        if (Host(outcome, arrived) is { } host)
        {
            yield return host;
        }

        if (arrived.LastHop is { } refused)
        {
            yield return new ProxyFinding("source_refused", Severity.Error, $"The gateway takes no requests from {arrived.Remote} ({refused.Code}): {refused.Seen}.", Admitting(arrived, refused));
        }

        if (outcome.Url.Scheme == Uri.UriSchemeHttp && !(IPAddress.TryParse(outcome.Url.IdnHost, out var address) && IPAddress.IsLoopback(address)))
        {
            yield return new ProxyFinding("not_encrypted", Severity.Warning, $"{outcome.Url} is not https: everybody on the way can read along.", ProxyRemedies.Settings("exposure.externalUrl: https://..."));
        }
    }

    private static ProxyFinding? Host(ProbeOutcome outcome, ProbeArrival arrived)
    {
        var host = string.Join(", ", arrived.Headers.Where(header => header.Name.Equals("host", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value));
        return (host.Equals(outcome.Authority, StringComparison.OrdinalIgnoreCase), arrived.HostAllowed) switch
        {
            (true, true) => null,
            (true, false) => new ProxyFinding("host_not_allowed", Severity.Error,
                $"The gateway does not answer for the name {host}.", ProxyRemedies.Settings($"exposure.externalUrl: \"{outcome.Url.GetLeftPart(UriPartial.Authority)}\"   (or add the name to exposure.hosts)")),
            (false, var allowed) => new ProxyFinding("host_not_kept", allowed ? Severity.Warning : Severity.Error,
                $"The client asked for {outcome.Authority}, the gateway was told {(host.Length == 0 ? "nothing" : host)}{(allowed ? "" : ", for which it does not answer")}.",
                ProxyRemedies.For("host_not_kept", outcome.Proxy)),
        };
    }

    private static System.Collections.Immutable.ImmutableArray<ProxyFix> Admitting(ProbeArrival arrived, ProbeVerdict refused) => refused.Code switch
    {
        "trusted_proxy_untrusted_source" or "trusted_proxy_local_interface_source" or "trusted_proxy_no_proxies_configured" =>
            ProxyRemedies.Settings($"exposure.trustedProxies: [\"{arrived.Remote}\"]   (if that is the proxy)"),
        _ => ProxyRemedies.Command($"netclaw explain {refused.Code}"),
    };
}

using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>Which proxy stands there: by its own word, else by its way of writing.</summary>
internal static class ProxyKind
{
    public const string Nginx = "nginx";
    public const string Caddy = "Caddy";
    public const string HaProxy = "HAProxy";

    public static readonly string[] Known = [Nginx, Caddy, HaProxy];

    /// <returns>Null when nothing tells.</returns>
    public static string? Of(ProbeAnswer answer, ProbeArrival? arrived)
    {
        var said = $"{answer.Server} {answer.Via}";
        foreach (var known in Known)
        {
            if (said.Contains(known, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        if (!string.IsNullOrWhiteSpace(answer.Server))
        {
            return answer.Server;
        }

        // HAProxy does not name itself; it writes every name in lower case.
        return arrived is { HttpVersion: "HTTP/1.1" } && arrived.Headers.Any(header => header.Name == ProxyProbe.Header.ToLowerInvariant()) ? HaProxy : null;
    }
}

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>What a tunnel's agent makes of a request on its last step, from loopback to the gateway, as its documentation gives it.</summary>
/// <param name="Client">Whom the tunnel names, in a header that a client cannot write.</param>
/// <param name="Replaced">Headers of the client that the tunnel drops.</param>
/// <param name="Added">Lines that it adds. {client}: <paramref name="Client"/>; {host}: as the client wrote it; {forwarded}: the client's own X-Forwarded-For with the tunnel's word behind it.</param>
internal sealed record TunnelShape(string Exposure, string Client, string[] Replaced, string[] Added)
{
    /// <summary>tailscale.com/kb/1312/serve: identity headers only within the tailnet.</summary>
    public static readonly TunnelShape TailscaleServe = new("tailscale-serve", "100.101.102.103",
        ["tailscale-", "x-forwarded-"],
        [
            "X-Forwarded-For: {forwarded}", "X-Forwarded-Proto: https", "X-Forwarded-Host: {host}", "Tailscale-User-Login: alice@example.org", "Tailscale-User-Name: Alice",
            "Tailscale-User-Profile-Pic: https://example.org/alice.png", "Tailscale-Headers-Info: https://tailscale.com/s/serve-headers", "Accept-Encoding: gzip",
        ]);

    /// <summary>tailscale.com/kb/1223/funnel: the Internet, nobody identified.</summary>
    public static readonly TunnelShape TailscaleFunnel = new("tailscale-funnel", "198.51.100.30",
        ["tailscale-", "x-forwarded-"],
        ["X-Forwarded-For: {forwarded}", "X-Forwarded-Proto: https", "X-Forwarded-Host: {host}", "Tailscale-Funnel-Request: ?1", "Accept-Encoding: gzip"]);

    /// <summary>developers.cloudflare.com/fundamentals/reference/http-headers: Cf-Connecting-Ip is written anew, X-Forwarded-For is added to.</summary>
    public static readonly TunnelShape Cloudflared = new("cloudflare-tunnel", "198.51.100.31",
        ["cf-", "cdn-loop", "x-forwarded-", "accept-encoding"],
        [
            "Cf-Connecting-Ip: {client}", "Cf-Ipcountry: DE", "Cf-Ray: 8f0e1a2b3c4d5e6f-FRA", "Cf-Visitor: {\"scheme\":\"https\"}", "Cf-Warp-Tag-Id: 00000000-0000-0000-0000-000000000000",
            "Cdn-Loop: cloudflare; loops=1", "X-Forwarded-For: {forwarded}", "X-Forwarded-Proto: https", "Accept-Encoding: gzip, br",
        ]);

    public static readonly TunnelShape[] All = [TailscaleServe, TailscaleFunnel, Cloudflared];

    /// <summary>The request's head as the agent sends it on.</summary>
    public string Rewrite(string head)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var forwarded = Value(lines, "x-forwarded-for") is { } said ? $"{said}, {Client}" : Client;
        var kept = lines.Skip(1).Where(line => !Array.Exists(Replaced, prefix => line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
        var added = Added.Select(line => line.Replace("{client}", Client, StringComparison.Ordinal)
            .Replace("{forwarded}", forwarded, StringComparison.Ordinal).Replace("{host}", Value(lines, "host"), StringComparison.Ordinal));
        return string.Join("\r\n", [lines[0], .. kept, .. added, "", ""]);
    }

    public override string ToString() => Exposure;

    private static string? Value(string[] lines, string name) =>
        Array.Find(lines, line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line ? line[(name.Length + 1)..].Trim() : null;
}

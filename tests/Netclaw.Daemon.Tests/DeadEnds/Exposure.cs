namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>One way in which a gateway is reached, as netclaw.json says it.</summary>
/// <param name="Section">The sections <c>exposure</c> and <c>auth</c>, without the auth mode.</param>
internal sealed record Exposure(string Name, string Section, string TrustedProxy, string[] AuthModes)
{
    private const string User = "\"userHeader\":\"X-Forwarded-User\",\"allowUsers\":[\"alice\"]";

    public static IReadOnlyList<Exposure> All { get; } =
    [
        new("local", """{"mode":"local"}""", "", ["token", "password", "none"]),
        new("reverse-proxy", """{"mode":"reverse-proxy","trustedProxies":["10.0.0.1"],"externalUrl":"https://gateway.example"}""",
            "\"allowLoopback\":true", ["token", "password", "trusted-proxy"]),
        Tunnel("tailscale-serve"),
        Tunnel("tailscale-funnel"),
        Tunnel("cloudflare-tunnel"),
    ];

    public string Config(string auth = "token") =>
        "{\"exposure\":" + Section + ",\"auth\":{\"mode\":\"" + auth + "\"" + (auth == "password" ? ",\"password\":\"correct horse battery\"" : "")
        + (Proxy(auth) is { Length: > 0 } proxy ? ",\"trustedProxy\":{" + proxy + "}" : "") + "}}";

    private string Proxy(string auth) => string.Join(',', ((string[])[TrustedProxy, auth == "trusted-proxy" ? User : ""]).Where(part => part.Length > 0));

    private static Exposure Tunnel(string mode) => new(
        mode, $$"""{"mode":"{{mode}}","skipTunnelProcessCheck":true,"externalUrl":"https://gateway.example"}""", "", ["token", "password"]);
}

using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>A page in the owner's own browser, with the riskiest auth mode switched on.</summary>
public sealed class BrowserAttackTests
{
    private const string Open = """{ "auth": { "mode": "none" } }""";

    [Fact, Attack("GHSA-5jx5-hqx5-2vrj", "A page rebinds its own name to 127.0.0.1 and talks to a local server that does not look at the Host header.", "policy: host")]
    public Task GHSA_5jx5_hqx5_2vrj_ARebindingPage_NamesItsOwnHost() => ProveAsync(
        Open, Weakened.Policy("host", "auth-none"), host => GetsInAsync(host, Hello(), ("Host", "attacker.example:5199")));

    [Fact, Attack("GHSA-w48q-cv73-mx4w", "The same against a server whose protection was off by default; the name carries the address it rebinds to.", "policy: host")]
    public Task GHSA_w48q_cv73_mx4w_ARebindingName_CarriesTheAddress() => ProveAsync(
        Open, Weakened.Policy("host", "auth-none"), host => GetsInAsync(host, Hello(), ("Host", "127.0.0.1.nip.example")));

    [Fact, Attack("CVE-2018-5702", "A page rebinds its name and drives the remote control of a download daemon on the visitor's machine.", "policy: host")]
    public Task CVE_2018_5702_ARebindingPage_DrivesALocalDaemon() => ProveAsync(
        Open, Weakened.Policy("host", "auth-none"), host => GetsInAsync(host, Hello(), ("Host", "rebound.example")));

    [Fact, Attack("CVE-2024-28224", "A page rebinds its name to a local model server, which takes any Host for its own.", "policy: host")]
    public Task CVE_2024_28224_ARebindingPage_TalksToALocalModelServer() => ProveAsync(
        Open, Weakened.Policy("host", "auth-none"), host => GetsInAsync(host, Hello(), ("Host", "localhost.attacker.example:11434")));

    [Fact, Attack("CVE-2025-66414", "A local tool server's protection against rebinding is there but off unless switched on.", "policy: host")]
    public Task CVE_2025_66414_ARebindingPage_FindsTheProtectionOff() => ProveAsync(
        Open, Weakened.Policy("host", "auth-none"), host => GetsInAsync(host, Hello(), ("Host", "mcp.attacker.example")));

    [Fact, Attack("CWE-187", "A Host that only begins like a loopback address passes a comparison of beginnings.", "policy: host")]
    public Task CWE_187_AHostThatBeginsLikeLoopback() => ProveAsync(
        Open, Weakened.Policy("host", "auth-none"), host => GetsInAsync(host, Hello(), ("Host", "127.evil.example")));

    [Fact, Attack("CVE-2025-52882", "A web page opens a WebSocket to the local port of a developer tool that checks no Origin.", "policy: origin")]
    public Task CVE_2025_52882_APageOfAnotherSite_OpensAWebSocket() => ProveAsync(
        Open, Weakened.Policy("origin"), host => GetsInAsync(host, Hello(), ("Origin", "https://evil.example")));

    [Fact, Attack("CVE-2025-49596", "A public page reaches a local tool through 0.0.0.0, which browsers did not count as local.", "policy: host and origin")]
    public Task CVE_2025_49596_APage_ReachesForTheWildcardAddress() => ProveAsync(
        Open, Weakened.Policy("host", "origin", "auth-none"), host => GetsInAsync(host, Hello(), ("Host", "0.0.0.0:5199"), ("Origin", "http://0.0.0.0:5199")));
}

using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Spawning;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>Each warning at a configuration that earns it, and silence where none does.</summary>
public sealed class ConfigWarningsTests : IDisposable
{
    private const string Proxy = """ "exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7"],"externalUrl":"https://gw.example.org"},"listen":{"address":"0.0.0.0"}, """;

    /// <summary>Every id in turn; what else the same configuration earns stands beside it.</summary>
    public static TheoryData<string, string, string> Samples { get; } = new()
    {
        { Trusted("\"allowLoopback\":true,\"proxyUids\":[33]"), "allow_loopback_without_user", "auth.trustedProxy.loopbackUser" },
        { Trusted("\"loopbackUser\":\"ann\""), "loopback_user_without_allow", "auth.trustedProxy.allowLoopback" },
        { Trusted("\"allowLoopback\":true,\"loopbackUser\":\"bob\",\"proxyUids\":[33]"), "loopback_user_not_allowed", "auth.trustedProxy.allowUsers" },
        { $$$"""{ {{{Proxy}}} "auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-User"}} }""", "allow_users_empty", "auth.trustedProxy.allowUsers" },
        { Trusted("\"allowLoopback\":true,\"loopbackUser\":\"ann\""), "loopback_proxy_unproven", "auth.trustedProxy.proxyUids" },
        { Trusted("\"loopbackUids\":\"any\""), "loopback_uids_any", "auth.trustedProxy.loopbackUids" },
        { Trusted("\"proxyUids\":\"any\""), "proxy_uids_any", "auth.trustedProxy.proxyUids" },
        { """{"auth":{"trustedProxy":{"userHeader":"X-User"}}}""", "trusted_proxy_idle", "auth.trustedProxy.userHeader" },
        { Trusted("\"allowLoopback\":true,\"loopbackUser\":\"ann\",\"identityScopes\":{\"ann\":[\"admin\"]}"), "loopback_proxy_unproven identity_scopes_capped", "auth.trustedProxy.proxyUids auth.trustedProxy.identityScopes" },
        { Trusted("\"identityScopes\":{\"ann\":[\"admin\"]}"), "identity_scopes_admin", "auth.trustedProxy.identityScopes" },
        { Trusted("\"identityScopes\":{\"eve\":[\"read\"]}"), "identity_scopes_not_allowed", "auth.trustedProxy.identityScopes" },
        { """{"auth":{"sharedSecretScopes":{"remote":["read"]}}}""", "shared_secret_remote", "auth.sharedSecretScopes.remote" },
        { """{"control":{"allowUsers":["ann"],"scopes":["admin"]}}""", "control_scopes_admin", "control.scopes" },
        { """{"pairing":{"localScopes":["admin"]}}""", "local_pairing_admin", "pairing.localScopes" },
        { """{"auth":{"mode":"none"}}""", "auth_none", "auth.mode" },
        { """{"exposure":{"mode":"tailscale-serve","skipTunnelProcessCheck":true}}""", "external_url_missing", "exposure.externalUrl" },
        { """{"exposure":{"mode":"tailscale-serve","skipTunnelProcessCheck":true,"externalUrl":"http://gw.example.org"}}""", "external_url_plain", "exposure.externalUrl" },
        { """{"exposure":{"trustedProxies":["0.0.0.0/0"]}}""", "proxies_unused", "exposure.trustedProxies" },
        { """{"exposure":{"trustedProxies":["10.0.0.7"]},"auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-User","allowUsers":["ann"]}}}""", "local_proxy_unreachable", "auth.trustedProxy.allowLoopback" },
        { """{"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true,"externalUrl":"https://gw.example.org"},"auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-User","allowUsers":["ann"]}}}""", "tunnel_users_unproven", "auth.trustedProxy.proxyUids" },
        { """{"auth":{"token":"0123456789abcdefghijklmnopqrstuv","tokenFile":"t"}}""", "secret_readable token_unused", "auth.tokenFile auth.token" },
        { """{"auth":{"password":"p","passwordFile":"f"}}""", "secret_readable password_unused", "auth.tokenFile auth.password" },
        { """{"agents":{"main":{"runtime":"openai","baseUrl":"http://models.example.org/v1","model":"m","keyEnvironment":"K"}}}""", "agent_key_plain", "agents.*.baseUrl" },
        { """{"spawn":{"runAs":"4711","roots":["/root"]}}""", "spawn_root_closed", "spawn.roots" },
    };

    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void NamesTheKeyToSet(string json, string ids, string keys)
    {
        var warnings = ConfigWarnings.Of(Read(json));

        Assert.Equal(ids.Split(' '), warnings.Select(warning => warning.Id));
        Assert.Equal(keys.Split(' '), warnings.Select(warning => warning.Key));
        Assert.All(warnings, warning => Assert.True(warning.Message.EndsWith('.') && warning.Remedy.EndsWith('.')));
    }

    [Fact]
    public void EveryRule_HasASample() => Assert.Equal(
        ConfigWarnings.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal),
        Samples.SelectMany(sample => ((string)sample[1]).Split(' ')).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"auth":{"mode":"password","passwordFile":"p"}}""")]
    [InlineData("""{ "exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7"],"externalUrl":"https://gw.example.org"},"listen":{"address":"0.0.0.0"} }""")]
    [InlineData("""{"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true,"externalUrl":"https://gw.example.org"}}""")]
    [InlineData("""{"agents":{"here":{"runtime":"openai","baseUrl":"http://127.0.0.1:1/v1","model":"m","keyEnvironment":"K"},"bare":{"runtime":"openai","baseUrl":"http://models.example.org/v1","model":"m"}}}""")]
    public void SaysNothing_WhereNothingIsTheMatter(string json) => Assert.Empty(ConfigWarnings.Of(Read(json)));

    [Theory]
    [InlineData(0b111_000_000, 0b111_101_101, 4711, true)]
    [InlineData(0b111_101_101, 0b111_000_000, 4711, true)]
    [InlineData(0b111_101_101, 0b111_001_000, 4711, false)]
    [InlineData(0b111_101_101, 0b111_101_101, 4711, false)]
    [InlineData(0b111_000_000, 0b111_000_000, 0, false)]
    public void ADirectory_IsClosed_WhereItOrOneAboveLetsTheUserNotIn(int above, int below, uint user, bool closed)
    {
        // The directory for temporary files is open to everybody, what a test makes in it is not.
        var (outer, inner) = (Path.Combine(_temporary.Parent, "outer"), Path.Combine(_temporary.Parent, "outer", "inner"));
        Directory.CreateDirectory(inner);
        File.SetUnixFileMode(_temporary.Parent, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(inner, (UnixFileMode)below);
        File.SetUnixFileMode(outer, (UnixFileMode)above);

        Assert.Equal(closed, SpawnWarnings.IsClosed(inner, user));
        Assert.False(SpawnWarnings.IsClosed(inner, UserId.Current));
    }

    [Fact]
    public void WithoutRoots_TheDaemonsOwnHomeIsMeant()
    {
        var warnings = ConfigWarnings.Of(Read("""{"spawn":{"runAs":"4711"}}"""));

        Assert.Equal(SpawnWarnings.IsClosed(ChildEnvironment.Home, 4711), warnings.Any(warning => warning is { Id: "spawn_root_closed", Value: null } && warning.Remedy.Contains("/srv/work", StringComparison.Ordinal)));
    }

    [Fact]
    public void SecretsInAPrivateFile_AreTheirOwnersBusiness()
    {
        const string Json = """{"auth":{"token":"0123456789abcdefghijklmnopqrstuv"}}""";
        Assert.Equal(["secret_readable"], ConfigWarnings.Of(Read(Json)).Select(warning => warning.Id));

        File.SetUnixFileMode(_temporary.Home.ConfigFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Empty(ConfigWarnings.Of(ConfigFile.Load(_temporary.Home, null, new StartProblems())));
    }

    [Fact]
    public void OptIns_AreAllSaid_AndNoneWithoutOne()
    {
        Assert.Empty(ConfigOptIns.Of(new NetclawOptions()));
        var all = ConfigOptIns.Of(Read("""
            {"exposure":{"mode":"tailscale-serve","skipTunnelProcessCheck":true,"trustedProxies":["10.0.0.7"],"origins":["https://app.example.org"]},
             "auth":{"sharedSecretScopes":{"remote":["read"]},"trustedProxy":{"allowLoopback":true,"loopbackUser":"ann","loopbackUids":"any","proxyUids":[33],"identityScopes":{"ann":["admin"]}}},
             "control":{"allowUsers":["ann"],"allowGroups":["agents"]},"host":{"acceptFrom":["192.0.2.0/24"]},
             "agents":{"main":{"runtime":"acp","command":["x"],"approve":"never"}}}
            """));

        Assert.Equal(
        [
            "auth.trustedProxy.allowLoopback=true", "auth.trustedProxy.loopbackUser=ann", "auth.trustedProxy.loopbackUids=any", "auth.trustedProxy.proxyUids=33",
            "auth.trustedProxy.identityScopes[\"ann\"]=operator.admin", "exposure.trustedProxies=10.0.0.7/32", "exposure.skipTunnelProcessCheck=true",
            "exposure.origins=https://app.example.org", "auth.sharedSecretScopes.remote=operator.read", "control.allowUsers=ann", "control.allowGroups=agents", "host.acceptFrom=192.0.2.0/24",
            "agents.main.approve=never",
        ], all.Select(optIn => $"{optIn.Key}={optIn.Value}"));
    }

    private static string Trusted(string rest) => $$$"""{ {{{Proxy}}} "auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-User","allowUsers":["ann"],{{{rest}}} }} }""";

    private NetclawOptions Read(string json)
    {
        _temporary.WriteConfig(json);
        File.SetUnixFileMode(_temporary.Home.ConfigFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var problems = new StartProblems();
        var options = ConfigFile.Load(_temporary.Home, null, problems, new FixedMachine().Facts);
        Assert.DoesNotContain(problems.Found, problem => problem.Message.Contains("must be", StringComparison.Ordinal));
        return options;
    }
}

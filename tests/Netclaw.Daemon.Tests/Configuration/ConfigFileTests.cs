using Netclaw.Actors.Trust;
using System.Net;
using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Configuration;

public sealed class ConfigFileTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void GivesTheDefaults_WithoutAFile()
    {
        var options = ConfigFile.Load(_temporary.Home, null, _problems);

        Assert.False(_problems.Any);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 5199), options.Listen.EndPoint);
        Assert.Equal((ExposureMode.Local, AuthMode.Token), (options.Exposure.Mode, options.Auth.Mode));
        Assert.Equal((15, 32, 1024), (options.Limits.Handshake.TotalSeconds, options.Limits.UnauthenticatedPerAddress, options.Limits.UnauthenticatedTotal));
    }

    [Fact]
    public void ReadsEveryKey_OfAFullFile()
    {
        var options = Load("""
            { "gateway": {"name": "attic"}, "listen": {"address":"::1","port":6200}, "exposure": {"mode":"LOCAL","externalUrl":"https://gw.example.org"},
              "auth": {"mode":"Token"}, "pairing": {"codeLifetimeSeconds":120},
              "limits": {"handshakeSeconds":5,"unauthenticatedPerAddress":3,"unauthenticatedTotal":9},
              // A word on why.
              "shutdown": {"drainSeconds":2}, "logging": {"level":"Debug"}, }
            """);

        Assert.Empty(_problems.Found);
        Assert.Equal("attic", options.Gateway.Name);
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 6200), options.Listen.EndPoint);
        Assert.Equal("https://gw.example.org/", options.Exposure.ExternalUrl!.ToString());
        Assert.Equal(TimeSpan.FromMinutes(2), options.Pairing.Lifetime);
        Assert.Equal((5, 3, 9), (options.Limits.Handshake.TotalSeconds, options.Limits.UnauthenticatedPerAddress, options.Limits.UnauthenticatedTotal));
        Assert.Equal((TimeSpan.FromSeconds(2), LogLevel.Debug), (options.Shutdown.Drain, options.Logging.Level));
    }

    [Theory]
    [InlineData("""{"listen":{"prot":5200}}""", "listen.prot", "5200", "Did you mean \"listen.port\"?")]
    [InlineData("""{"Listen":{}}""", "Listen", "{}", "Did you mean \"listen\"?")]
    [InlineData("""{"loging":{}}""", "loging", "{}", "Did you mean \"logging\"?")]
    [InlineData("""{"limits":{"handshakeSecond":1}}""", "limits.handshakeSecond", "1", "Did you mean \"limits.handshakeSeconds\"?")]
    [InlineData("""{"gateway":{"colour":"red"}}""", "gateway.colour", "\"red\"", "Known here: name.")]
    [InlineData("""{"listen":{"port":"5200"}}""", "listen.port", "\"5200\"", "Write it without quotes, dots or exponents.")]
    [InlineData("""{"listen":{"port":70000}}""", "listen.port", "70000", "Write 0 to 65535 (0 takes a free port).")]
    [InlineData("""{"listen":{"address":"localhost"}}""", "listen.address", "localhost", "Write 127.0.0.1 or ::1.")]
    [InlineData("""{"listen":{"address":"0.0.0.0"}}""", "listen.address", "0.0.0.0", "may only listen on loopback")]
    [InlineData("""{"listen":[]}""", "listen", "[]", "This must be an object.")]
    [InlineData("""{"exposure":{"mode":"public"}}""", "exposure.mode", "public", "Write one of: local, reverse-proxy, tailscale-serve")]
    [InlineData("""{"exposure":{"externalUrl":"ftp://x"}}""", "exposure.externalUrl", "ftp://x", "not an http or https url")]
    [InlineData("""{"auth":{"tokn":"a1b2c3"}}""", "auth.tokn", "***", "Did you mean \"auth.token\"?")]
    [InlineData("""{"auth":{"token":["a1b2c3"]}}""", "auth.token", "***", "This must be a text.")]
    [InlineData("""{"auth":{"closeOnRotate":"yes"}}""", "auth.closeOnRotate", "\"yes\"", "Write true or false, without quotes.")]
    [InlineData("""{"auth":{"rateLimit":{"maxAttempts":0}}}""", "auth.rateLimit.maxAttempts", "0", "Write 1 to 1000 attempts.")]
    [InlineData("""{"auth":{"sharedSecretScopes":{"remote":["reed"]}}}""", "auth.sharedSecretScopes.remote[0]", "reed", "There is no such scope.")]
    [InlineData("""{"auth":{"trustedProxy":{"userHeader":"X_User"}}}""", "auth.trustedProxy.userHeader", "X_User", "Write a header's name with hyphens")]
    [InlineData("""{"auth":{"trustedProxy":{"loopbackUids":"all"}}}""", "auth.trustedProxy.loopbackUids", "\"all\"", "a list of user ids, or \"any\"")]
    [InlineData("""{"auth":{"trustedProxy":{"proxyUids":[65534]}}}""", "auth.trustedProxy.proxyUids", "65534", "anybody it cannot name")]
    [InlineData("""{"auth":{"trustedProxy":{"identityScopes":{"ann":"read"}}}}""", "auth.trustedProxy.identityScopes[\"ann\"]", "\"read\"", "This must be a list.")]
    [InlineData("""{"auth":{"trustedProxy":{"assertion":{"header":"X-Jwt","issuer":"i","audience":"a","keySet":"http://k"}}}}""", "auth.trustedProxy.assertion.keySet", "http://k", "plain http could be forged")]
    [InlineData("""{"auth":{"trustedProxy":{"assertion":{"header":"X-Jwt","issuer":"i","keySet":"keys/set.json"}}}}""", "auth.trustedProxy.assertion.audience", null, "This key is missing.")]
    [InlineData("""{"exposure":{"trustedProxies":["10.0.0.1/8"]}}""", "exposure.trustedProxies[0]", "10.0.0.1/8", "a range begins with its first address")]
    [InlineData("""{"exposure":{"hosts":["*.example.org"]}}""", "exposure.hosts[0]", "*.example.org", "without scheme and wildcard")]
    [InlineData("""{"exposure":{"origins":["https://app.example.org/"]}}""", "exposure.origins[0]", "https://app.example.org/", "No path, no wildcard.")]
    [InlineData("""{"nodes":{"commands":{"allow":["camera.*"]}}}""", "nodes.commands.allow[0]", "camera.*", "no wildcard")]
    [InlineData("""{"nodes":{"commands":{"deny":["system run"]}}}""", "nodes.commands.deny[0]", "system run", "printable characters without spaces")]
    [InlineData("""{"nodes":{"commands":{"allow":["camera.snap"],"deny":["camera.snap"]}}}""", "nodes.commands.allow", "camera.snap", "Keep it in one of nodes.commands.allow and nodes.commands.deny.")]
    [InlineData("""{"nodes":{"commands":{"allowed":[]}}}""", "nodes.commands.allowed", "[]", "Did you mean \"nodes.commands.allow\"?")]
    [InlineData("""{"control":{"allowUsers":["roott"]}}""", "control.allowUsers", "roott", "Did you mean \"root\"?")]
    [InlineData("""{"control":{"allowGroups":[65534]}}""", "control.allowGroups", "65534", "anybody it cannot name")]
    [InlineData("""{"host":{"acceptFrom":["0.0.0.0/0"]}}""", "host.acceptFrom", "0.0.0.0/0", "no wider than /8")]
    [InlineData("""{"auth":{"mode":"magic"}}""", "auth.mode", "magic", "Write one of: token, password, trusted-proxy, none.")]
    [InlineData("""{"gateway":{"name":""}}""", "gateway.name", "", "Write 1 to 64 printable characters.")]
    [InlineData("""{"pairing":{"codeLifetimeSeconds":1}}""", "pairing.codeLifetimeSeconds", "1", "Write 30 to 3600 seconds.")]
    [InlineData("""{"limits":{"unauthenticatedPerAddress":50,"unauthenticatedTotal":40}}""", "limits.unauthenticatedPerAddress", "50", "at most 40")]
    [InlineData("""{"spawn":{"maxDepth":6}}""", "spawn.maxDepth", "6", "Write 1 to 5 levels.")]
    [InlineData("""{"spawn":{"maxDepth":0}}""", "spawn.maxDepth", "0", "Write 1 to 5 levels.")]
    [InlineData("""{"spawn":{"roots":["work"]}}""", "spawn.roots", "work", "Write where it begins")]
    [InlineData("""{"shutdown":{"drainSeconds":-1}}""", "shutdown.drainSeconds", "-1", "Write 0 to 300 seconds.")]
    [InlineData("""{"logging":{"level":"2"}}""", "logging.level", "2", "Write one of: Trace, Debug, Information")]
    [InlineData("""{"logging":{"level":"Debug","level":"Trace"}}""", "logging.level", "\"Trace\"", "This key stands twice.")]
    public void NamesKeyValueAndRemedy_OfWhatIsWrong(string json, string key, string? value, string words)
    {
        Load(json);

        var problem = Assert.Single(_problems.Found);
        Assert.Equal((RefusalCode.ConfigInvalid, key, value), (problem.Code, problem.Key, problem.Value));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Config, _problems.ExitCode);
    }

    [Fact]
    public void ListsEveryProblem_AtOnce()
    {
        Load("""{"listen":{"port":-1,"adress":"x"},"exposure":{"mode":"?"},"pairing":{"codeLifetimeSeconds":"soon"}}""");

        Assert.Equal(["listen.port", "listen.adress", "exposure.mode", "pairing.codeLifetimeSeconds"], _problems.Found.Select(problem => problem.Key));
    }

    [Fact]
    public void NamesLineAndColumn_OfWhatIsNoJson()
    {
        Load("{\n  \"listen\" 5\n}");

        Assert.Contains("line 2, column 12", Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAFile_ThatEverybodyCanChange()
    {
        _temporary.WriteConfig("{}");
        File.SetUnixFileMode(_temporary.Home.ConfigFile, (UnixFileMode)0b110_110_110);

        ConfigFile.Load(_temporary.Home, null, _problems);

        Assert.Contains("Every user of this machine can change it (mode 0666)", Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TakesTheCommandLine_BeforeTheFile()
    {
        _temporary.WriteConfig("""{"listen":{"address":"0.0.0.0","port":1}}""");

        var options = ConfigFile.Load(_temporary.Home, IPEndPoint.Parse("127.0.0.1:0"), _problems);

        Assert.False(_problems.Any);
        Assert.Equal("127.0.0.1:0", options.Listen.EndPoint.ToString());
    }

    [Fact]
    public void Factory_HandsThePolicyWhatTheFileSays()
    {
        _temporary.WriteConfig("""
            {"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7","fd00::/64"]},"listen":{"address":"0.0.0.0"},
             "auth":{"mode":"trusted-proxy","sharedSecretScopes":{"local":["read"],"remote":["talk"]},
               "trustedProxy":{"userHeader":"X-User","requiredHeaders":["X-Team"],"allowUsers":["ann"],"allowLoopback":true,"loopbackUser":"ann","loopbackUids":[1000,5],"proxyUids":"any",
                 "identityScopes":{"ann":["operator.read","approvals"]},"assertion":{"header":"X-Jwt","issuer":"i","audience":"a","keySet":"https://k.example.org/keys"}}},
             "control":{"allowUsers":["ann",77],"allowGroups":["agents"],"scopes":["READ"]},"host":{"acceptFrom":["192.0.2.1"]},"pairing":{"autoApproveLocal":false,"localScopes":[]}}
            """);
        var machine = new FixedMachine();
        var trust = TrustOptionsFactory.Create(ConfigFile.Load(_temporary.Home, null, _problems, machine.Facts), owner: 42, machine);

        Assert.Empty(_problems.Found);
        Assert.Equal((42u, ExposureMode.ReverseProxy, AuthMode.TrustedProxy), (trust.OwnerUserId, trust.Exposure, trust.Auth));
        Assert.Equal("10.0.0.7/32, fd00::/64", trust.TrustedProxies.ToString());
        Assert.Equal(("operator.read", "operator.talk", "operator.read"), (trust.SharedSecretScopesLocal.ToString(), trust.SharedSecretScopesRemote.ToString(), trust.ControlScopes.ToString()));
        Assert.Equal([1000u, 77u], trust.ControlUsers.AsEnumerable());
        Assert.Equal([2000u], trust.ControlGroups.AsEnumerable());
        Assert.Equal(("192.0.2.1/32", false, true), (trust.HostAcceptFrom.ToString(), trust.AutoApproveLocal, trust.LocalPairingScopes.IsEmpty));
        var proxy = trust.TrustedProxy;
        Assert.Equal(("X-User", "X-Team", "ann", true, "ann"), (proxy.UserHeader, proxy.RequiredHeaders.Single(), proxy.AllowUsers.Single(), proxy.AllowLoopback, proxy.LoopbackUser));
        Assert.Equal(("1000, 5", "any", "operator.approvals,operator.read"), (proxy.LoopbackUids!.ToString(), proxy.ProxyUids.ToString(), proxy.IdentityScopes["ann"].ToString()));
        Assert.Equal(("X-Jwt", "i", "a", "https://k.example.org/keys", "email"),
            (proxy.Assertion!.Header, proxy.Assertion.Issuer, proxy.Assertion.Audience, proxy.Assertion.KeySet, proxy.Assertion.UserClaim));
    }

    private NetclawOptions Load(string json)
    {
        _temporary.WriteConfig(json);
        return ConfigFile.Load(_temporary.Home, null, _problems);
    }
}

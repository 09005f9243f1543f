using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Secrets;

/// <summary>Children of the daemon, over real sockets, with credentials that the daemon minted.</summary>
public sealed class SpawnTests
{
    private static readonly Principal Scheduler = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.ReadWrite, null, "scheduler");

    public static TheoryData<string> Modes => new("""{"auth":{"mode":"token"}}""", """{"auth":{"mode":"password","password":"correct horse"}}""", """{"auth":{"mode":"none"}}""");

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task WorksInEveryAuthMode_InEitherRole_WithoutADevice(string config)
    {
        await using var host = await GatewayHost.StartAsync(config);
        var (run, credential) = Mint(host, Scheduler);

        foreach (var role in (Role[])[Role.Operator, Role.Node])
        {
            var you = await host.WhoAsync(Spawned(credential) with { Role = role });
            Assert.Equal(("spawn", role, (DeviceId?)null), (you.Method, you.Role, you.DeviceId));
            Assert.Equal(role == Role.Operator ? ScopeSet.ReadWrite : ScopeSet.Empty, you.Scopes);
            Assert.Equal("spawn", (await host.WhoAsync(Spawned(credential) with { Role = role }, host.Control)).Method);
        }

        Assert.StartsWith("run_", run.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NeverMoreThanTheParentGranted()
    {
        await using var host = await GatewayHost.StartAsync();
        var (_, credential) = Mint(host, Scheduler, ScopeSet.Parse(["read"], out _));

        Assert.Equal("missing_scope", (await host.RefusalAsync(Spawned(credential) with { Scopes = ScopeSet.ReadWrite })).Code);
        Assert.Equal("missing_scope", (await host.RefusalAsync(Spawned(credential) with { Scopes = ScopeSet.All }, host.Control)).Code);
    }

    [Fact]
    public async Task IsRefusedAfterTheChildHasExited_AndItsSessionsAreClosed()
    {
        await using var host = await GatewayHost.StartAsync();
        var (run, credential) = Mint(host, Scheduler);
        var (other, _) = await host.InAsync(Spawned(Mint(host, Scheduler).Credential));
        await using var _ = other;
        var (connection, _) = await host.InAsync(Spawned(credential));
        await using var __ = connection;

        host.Service<SpawnCredentials>().End(run);
        Assert.Equal("spawn_credential_expired", (await connection.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        Assert.Equal("spawn_credential_expired", (await host.RefusalAsync(Spawned(credential))).Code);
        await other.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
    }

    [Fact]
    public async Task EndsAtItsTime_WithTheSessionsItOpened()
    {
        await using var host = await GatewayHost.StartAsync();
        var (_, credential) = Mint(host, Scheduler, lifetime: TimeSpan.FromSeconds(1));
        var (connection, _) = await host.InAsync(Spawned(credential));
        await using var _ = connection;

        Assert.Equal("spawn_credential_expired", (await connection.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        Assert.Equal("spawn_credential_expired", (await host.RefusalAsync(Spawned(credential))).Code);
    }

    [Fact]
    public async Task ACopy_IsWorthNothing_OnceTheParentIsCancelled()
    {
        await using var host = await GatewayHost.StartAsync();
        var (parent, ofParent) = Mint(host, Scheduler);
        var (_, ofChild) = Mint(host, Scheduler with { Run = parent });
        var (connection, _) = await host.InAsync(Spawned(ofChild), host.Control);
        await using var _ = connection;

        host.Service<SpawnCredentials>().Cancel(parent);
        Assert.Equal("spawn_credential_revoked", (await connection.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        Assert.Equal("spawn_credential_revoked", (await host.RefusalAsync(Spawned(ofParent))).Code);
        Assert.Equal("spawn_credential_revoked", (await host.RefusalAsync(Spawned(ofChild))).Code);
        Assert.Equal("spawn_credential_revoked", (await host.RefusalAsync(Spawned(ofChild), host.Control)).Code);
    }

    [Fact]
    public async Task RefusesAStrangersCredential_AndOneOfAnotherDaemon()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var other = await GatewayHost.StartAsync();
        var (_, credential) = Mint(other, Scheduler);

        Assert.Equal("spawn_credential_invalid", (await host.RefusalAsync(Spawned(credential))).Code);
        Assert.Equal("spawn_credential_invalid", (await host.RefusalAsync(Spawned(credential), host.Control)).Code);
        Assert.Equal("spawn_credential_invalid", (await host.RefusalAsync(Spawned(new Secret(host.Token())))).Code);
    }

    [Fact]
    public async Task RefusesAChildOfAnotherUser()
    {
        await using var host = await GatewayHost.StartAsync();
        var (_, credential) = Mint(host, Scheduler, user: UserId.Current + 1);

        Assert.Equal("spawn_credential_not_local", (await host.RefusalAsync(Spawned(credential), host.Control)).Code);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Cf-Connecting-Ip", "203.0.113.9")]
    public async Task RefusesACredential_ThatCameThroughAProxy(string header, string value)
    {
        await using var host = await GatewayHost.StartAsync();
        var (_, credential) = Mint(host, Scheduler);
        using var hub = await RawHub.OpenAsync(host.Address, (header, value));
        await hub.CallAsync("1", "connect", System.Text.Json.JsonSerializer.Serialize(
            new ConnectParams { Client = TestDevice.Client, Auth = new ConnectAuth { SpawnToken = credential } }, ProtocolJson.Default.ConnectParams));

        Assert.Equal("spawn_credential_not_local", await hub.ClosingAsync());
    }

    private static ConnectRequest Spawned(Secret credential) => SecretHost.With(new ConnectAuth { SpawnToken = credential });

    private static (RunId Run, Secret Credential) Mint(GatewayHost host, Principal parent, ScopeSet? scopes = null, TimeSpan? lifetime = null, uint? user = null)
    {
        var run = RunId.New();
        var mint = host.Service<SpawnCredentials>().Mint(
            new SpawnRequest(run, parent, scopes ?? parent.Scopes, lifetime ?? TimeSpan.FromMinutes(5), user ?? UserId.Current));
        return (run, Assert.IsType<SpawnMint.Minted>(mint).Credential);
    }
}

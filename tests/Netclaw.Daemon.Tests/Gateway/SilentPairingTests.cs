using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Local devices paired without a prompt, over a real socket.</summary>
public sealed class SilentPairingTests
{
    [Fact]
    public async Task LocalDeviceThatShowsTheSecret_IsPairedAndLetIn()
    {
        await using var host = await StartAsync();
        using var laptop = new TestDevice("laptop");

        await using var connection = await laptop.ConnectAsync(host);
        var status = await connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal(("device-key", laptop.Id), (status.You.Method, status.You.DeviceId));
        Assert.Equal(ScopeSet.DeviceDefault, status.You.Scopes);
        Assert.Equal(LocalPairingResult.On, status.Registry.LocalPairing);
        Assert.Equal(PairedVia.Local, host.Service<RegistryView>().Current!.Devices[laptop.Id].Via);
    }

    [Fact]
    public async Task ManyConnectionsOfOneNewKey_MakeOneDevice()
    {
        await using var host = await StartAsync();
        using var laptop = new TestDevice("laptop");

        var connections = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => laptop.ConnectAsync(host)));

        Assert.Equal("netclaw-test", host.Service<RegistryView>().Current!.Devices[laptop.Id].Name);
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task RevokedDevice_IsNotPairedAgain()
    {
        await using var host = await StartAsync();
        using var laptop = new TestDevice("laptop");
        await (await laptop.ConnectAsync(host)).DisposeAsync();
        await using var owner = await host.OperatorAsync();
        await owner.CallAsync(
            PairRemoveParams.Method, new PairRemoveParams(laptop.Id), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult,
            CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal(RefusalCode.DeviceRevoked, (await Assert.ThrowsAsync<GatewayException>(() => laptop.ConnectAsync(host))).Code);
    }

    [Fact]
    public async Task AnotherAuthMode_SuspendsIt_OverRestarts_UntilAnOperatorConfirms()
    {
        var home = await StartAsync();
        home = await home.RestartAsync(services => Shown(services, AuthMode.Password));
        await using var host = await home.RestartAsync(services => Shown(services, AuthMode.Password));
        using var laptop = new TestDevice("laptop");

        Assert.Equal(RefusalCode.PairingRequired, (await Assert.ThrowsAsync<GatewayException>(() => laptop.ConnectAsync(host))).Code);
        await using var owner = await host.OperatorAsync();
        Assert.Equal(LocalPairingResult.Suspended, (await LocalPairingAsync(owner, LocalPairingResult.StatusMethod)).State);

        Assert.Equal(LocalPairingResult.On, (await LocalPairingAsync(owner, LocalPairingResult.ConfirmMethod)).State);
        await (await laptop.ConnectAsync(host)).DisposeAsync();
    }

    [Fact]
    public async Task InternalNode_GetsAFreshId_AndIsFlaggedWhereItShows()
    {
        await using var host = await StartAsync();
        await using var first = await GatewayHost.OpenAsync(host.Tcp);
        await using var second = await GatewayHost.OpenAsync(host.Tcp);
        var node = (await NodeAsync(first)).Auth.NodeId;
        var other = (await NodeAsync(second)).Auth.NodeId;
        await using var owner = await host.OperatorAsync();

        var live = await owner.CallAsync(ConnectionListResult.Method, ProtocolJson.Default.ConnectionListResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.NotNull(node);
        Assert.NotEqual(node, other);
        var row = live.Connections.Single(connection => connection.NodeId == node);
        Assert.Equal((true, Role.Node, ScopeSet.Empty, null), (row.Internal, row.Role, row.Scopes, row.DeviceId));
        Assert.Contains(node.ToString()!, await LogAsync(host.Home.AuditLog, node.ToString()!), StringComparison.Ordinal);
        Assert.DoesNotContain(live.Connections, connection => connection.Role == Role.Operator && connection.Internal == true);
    }

    private static async Task<HelloOk> NodeAsync(GatewayConnection connection) => Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(
        new ConnectRequest { Client = TestDevice.Client, Role = Role.Node, Scopes = ScopeSet.Empty }, CancellationToken.None).WaitAsync(GatewayHost.Bound)).Hello;

    /// <summary>The file, once <paramref name="text"/> is in it: it is written behind the answer.</summary>
    private static async Task<string> LogAsync(string path, string text)
    {
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            if (await reader.ReadToEndAsync(bound.Token) is var read && read.Contains(text, StringComparison.Ordinal))
            {
                return read;
            }
        }
        while (await ticks.WaitForNextTickAsync(bound.Token));
        return "";
    }

    private static Task<LocalPairingResult> LocalPairingAsync(GatewayConnection owner, string method) =>
        owner.CallAsync(method, ProtocolJson.Default.LocalPairingResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    private static Task<GatewayHost> StartAsync() => GatewayHost.StartAsync(overrides: services => Shown(services, AuthMode.Token));

    /// <summary>Every client shows the right secret.</summary>
    private static void Shown(IServiceCollection services, AuthMode mode)
    {
        services.AddSingleton(provider => new TrustOptions { OwnerUserId = UserId.Current, Auth = mode });
        services.AddSingleton<ICredentialChecker, ShownSecret>();
    }

    private sealed class ShownSecret(TrustOptions options) : ICredentialChecker
    {
        public ValueTask<Credentials> CheckAsync(CredentialOffer offer) => ValueTask.FromResult(
            Credentials.Of(ProofVerifier.Verify(offer.Hello, offer.Challenge, offer.Now, options)) with { Token = SecretVerdict.Valid, Password = SecretVerdict.Valid });
    }
}

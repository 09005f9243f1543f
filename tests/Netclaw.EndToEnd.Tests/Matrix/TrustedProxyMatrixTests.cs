using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary><c>auth.mode</c> <c>trusted-proxy</c> in every exposure.</summary>
public sealed class TrustedProxyMatrixTests(TrustedProxyMatrixTests.Places places) : IClassFixture<TrustedProxyMatrixTests.Places>
{
    [Theory]
    [Cells("trusted-proxy")]
    public Task Cell_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    [BehindNginxTheory]
    [Cells("trusted-proxy", behindProxy: true)]
    public Task CellBehindAProxy_IsGreen(string exposure, string check) => places.HoldsAsync(exposure, check);

    /// <summary>Past the tunnel, from this very machine, with what the tunnel would say: the kernel says that the process is not the agent's.</summary>
    [BehindProxyAsRootFact]
    public async Task ProcessThatPosesAsTheTunnelsAgent_IsRefused()
    {
        var machine = places.In("tailscale-serve").Machine;
        await using var forwarder = await Proxy.StartAsync(ReadyMade.HaProxyTcp, machine.EndPoint);
        var connection = await RawConnection.OpenAsync(forwarder);
        await using var hub = await RawHub.OpenAsync(connection.Renamed(machine.EndPoint.ToString()), "Tailscale-User-Login: alice@example.org", "X-Forwarded-For: 100.101.102.103");

        Assert.Equal("trusted_proxy_uid_not_allowed", (await hub.ConnectAsync()).Code);
    }

    public sealed class Places() : MatrixPlaces("trusted-proxy");
}

using System.Net;
using System.Net.Sockets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

public sealed class GoodbyeTests : IAsyncLifetime
{
    private const int Times = 200;

    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryRefusedClientHearsItsAnswerAndThenWhy_TimeAndAgain(bool control)
    {
        EndPoint endpoint = control ? new UnixDomainSocketEndPoint(_host.Home.ControlSocket) : _host.Address;
        var method = control ? "status" : "connect";
        for (var i = 0; i < Times; i++)
        {
            using var hub = await RawHub.OpenAsync(endpoint);
            await hub.EventAsync(ConnectChallenge.EventName);
            await hub.CallAsync("1", method, RawHub.PlainConnect);
            Assert.Contains("\"type\":3", await hub.NextAsync(), StringComparison.Ordinal);
            await hub.EventAsync(Closing.EventName);
        }
    }

    [Fact]
    public async Task EveryClientHearsThatTheGatewayStops()
    {
        var all = new List<GatewayConnection>();
        for (var i = 0; i < 20; i++)
        {
            all.Add(await _host.OperatorAsync());
        }

        await _host.StopAsync();
        foreach (var connection in all)
        {
            Assert.Equal("gateway_stopping", (await connection.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
            await connection.DisposeAsync();
        }
    }
}

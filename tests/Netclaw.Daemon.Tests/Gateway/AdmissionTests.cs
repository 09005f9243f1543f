using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

public sealed class AdmissionTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(
        """{"limits":{"unauthenticatedPerAddress":3,"unauthenticatedTotal":3}}""", services => services.AddSingleton<TimeProvider>(_time));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task CutsAHalfOpenConnection_FifteenSecondsAfterAccept()
    {
        using var silent = await PlainClient.ConnectAsync(_host.Address);
        await CountAsync(1);
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(1, Tcp.Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        await PlainClient.EndedAsync(silent);
        await CountAsync(0);
    }

    [Fact]
    public async Task CutsAClientThatDripsItsHeaders_FifteenSecondsAfterAccept()
    {
        using var slow = await PlainClient.ConnectAsync(_host.Address);
        await slow.SendAsync(Encoding.ASCII.GetBytes("GET /hub/session HTTP/1.1\r\nHost: local"));
        await CountAsync(1);
        _time.Advance(TimeSpan.FromSeconds(10));
        await slow.SendAsync(Encoding.ASCII.GetBytes("host\r\nX-Drip: "));
        _time.Advance(TimeSpan.FromSeconds(5));

        await PlainClient.EndedAsync(slow);
    }

    [Fact]
    public async Task CutsAWebSocketThatNeverShakesHands_FifteenSecondsAfterAccept()
    {
        using var mute = await RawHub.UpgradeAsync(_host.Address);
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.Null(await mute.NextAsync());
    }

    [Fact]
    public async Task TheOldestMakesRoom_WhenOneAddressHasTooMany()
    {
        using var first = await PlainClient.ConnectAsync(_host.Address);
        await CountAsync(1);
        using var second = await PlainClient.ConnectAsync(_host.Address);
        await CountAsync(2);
        using var third = await PlainClient.ConnectAsync(_host.Address);
        await CountAsync(3);
        using var fourth = await PlainClient.ConnectAsync(_host.Address);

        await PlainClient.EndedAsync(first);
        Assert.Equal(3, Tcp.Count);
        Assert.True(second.Connected && third.Connected && fourth.Connected);
    }

    [Fact]
    public async Task ASessionHearsWhyItMustMakeRoom()
    {
        using var hub = await RawHub.OpenAsync(_host.Address);
        await hub.EventAsync(ConnectChallenge.EventName);
        using var second = await PlainClient.ConnectAsync(_host.Address);
        await CountAsync(2);
        using var third = await PlainClient.ConnectAsync(_host.Address);
        await CountAsync(3);
        using var fourth = await PlainClient.ConnectAsync(_host.Address);

        Assert.Equal("too_many_connections", await hub.ClosingAsync());
    }

    [Fact]
    public async Task AnAuthenticatedConnectionStays_HoweverManyStrangersCome()
    {
        using var host = new TestDevice("host") { Key = ((KeyFileResult.Loaded)KeyFile.Load(_host.Home.HostKey)).Key };
        await using var connection = await GatewayConnection.OpenAsync(
            _host.Tcp, new GatewayConnectionOptions { Time = _time }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        await connection.ConnectAsync(host.Request, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        await CountAsync(0);

        var strangers = new List<Socket>();
        for (var i = 0; i < 20; i++)
        {
            strangers.Add(await PlainClient.ConnectAsync(_host.Address));
        }

        await PlainClient.EndedAsync(strangers[0]);
        Assert.True((await connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, CancellationToken.None).WaitAsync(GatewayHost.Bound)).Ok);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task TheControlSocketHasPlacesOfItsOwn_WhenTcpIsFull()
    {
        var strangers = new List<Socket>();
        for (var i = 0; i < 10; i++)
        {
            strangers.Add(await PlainClient.ConnectAsync(_host.Address));
        }

        await using var owner = await _host.OperatorAsync();
        Assert.False(owner.Closed.IsCompleted);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    private Admission Tcp => _host.Service<Doors>().Tcp;

    private async Task CountAsync(int expected)
    {
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (Tcp.Count != expected)
        {
            await Task.Delay(5, bound.Token);
        }
    }
}

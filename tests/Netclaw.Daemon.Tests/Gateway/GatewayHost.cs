using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Logging;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>The whole daemon in this process: real Kestrel on 127.0.0.1 and on a socket in a home of its own, real journal.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    /// <summary>On every await of every test.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly TemporaryHome _temporary;
    private readonly PreparedHome _prepared;
    private bool _stopped;

    private GatewayHost(TemporaryHome temporary, PreparedHome prepared, RunningDaemon daemon)
    {
        _prepared = prepared;
        _temporary = temporary;
        Daemon = daemon;
    }

    public RunningDaemon Daemon { get; }

    public bool IsStopped => _stopped;

    public NetclawHome Home => _temporary.Home;

    public IPEndPoint Address => Daemon.Endpoints.Single();

    public GatewayEndpoint Tcp => new GatewayEndpoint.Http(new Uri($"http://{Address}"));

    public GatewayEndpoint Control => GatewayEndpoint.OfHome(Home);

    public static async Task<GatewayHost> StartAsync(
        string? config = null, Action<IServiceCollection>? overrides = null, Func<string, string?>? environment = null, Action<NetclawHome>? prepare = null)
    {
        var temporary = new TemporaryHome();
        if (config is not null)
        {
            temporary.WriteConfig(config);
        }

        prepare?.Invoke(temporary.Home);
        return await StartOnAsync(temporary, overrides, environment);
    }

    /// <summary>Ends this daemon and starts another on the same home.</summary>
    public async Task<GatewayHost> RestartAsync(Action<IServiceCollection>? overrides = null)
    {
        await StopAsync();
        return await StartOnAsync(_temporary, overrides);
    }

    public async Task StopAsync(string by = "test")
    {
        if (!_stopped)
        {
            _stopped = true;
            await Daemon.StopAsync(by).WaitAsync(Bound);
            await Daemon.DisposeAsync().AsTask().WaitAsync(Bound);
            _prepared.Dispose();
        }
    }

    public T Service<T>() where T : notnull => Daemon.Services.GetRequiredService<T>();

    /// <summary>A connection that has proven the gateway and not said who it is.</summary>
    public static Task<GatewayConnection> OpenAsync(GatewayEndpoint endpoint, Action<string, System.Text.Json.JsonElement>? onEvent = null) =>
        GatewayConnection.OpenAsync(endpoint, new GatewayConnectionOptions { OnEvent = onEvent }, CancellationToken.None).WaitAsync(Bound);

    /// <summary>The local operator, over the control socket and with no credential at all.</summary>
    public async Task<GatewayConnection> OperatorAsync()
    {
        var connection = await OpenAsync(Control);
        await connection.ConnectAsync(new ConnectRequest { Client = TestDevice.Client }, CancellationToken.None).WaitAsync(Bound);
        return connection;
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path, bool control = false, params (string Name, string Value)[] headers) =>
        await PlainClient.GetAsync(control ? new UnixDomainSocketEndPoint(Home.ControlSocket) : Address, path, headers).WaitAsync(Bound);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _temporary.Dispose();
    }

    /// <summary>
    /// Another test of this process may be starting a program just now: until that one executes, it holds whatever was open here, a lock that was let go of included.
    /// </summary>
    private static async Task<(PreparedHome? Prepared, StartProblems Problems)> TakeAsync(DaemonArguments arguments, Func<string, string?> environment)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            var problems = new StartProblems();
            var prepared = PreparedHome.Take(arguments, environment, problems);
            if (prepared is not null || problems.Found[0].Code != RefusalCode.LockHeld || clock.Elapsed > Bound)
            {
                return (prepared, problems);
            }
        }
    }

    private static async Task<GatewayHost> StartOnAsync(TemporaryHome temporary, Action<IServiceCollection>? overrides, Func<string, string?>? environment = null)
    {
        var arguments = new DaemonArguments { Home = temporary.Home.Root, Listen = IPEndPoint.Parse("127.0.0.1:0") };
        var (prepared, problems) = await TakeAsync(arguments, environment ?? (_ => null));
        Assert.True(prepared is not null, StartReport.Render(problems, asJson: false));
        var daemon = await RunningDaemon.StartAsync(
            prepared, new StopSignal(prepared.Options.Shutdown), LogEcho.Nothing, overrides, problems).WaitAsync(Bound);
        Assert.True(daemon is not null, StartReport.Render(problems, asJson: false));
        return new GatewayHost(temporary, prepared, daemon);
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

public sealed class HttpTests : IAsyncLifetime
{
    private readonly HoldingProbe _probe = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(
        """{"gateway":{"name":"attic"}}""", services => services.AddSingleton<IDurabilityProbe>(_probe));

    public async Task DisposeAsync()
    {
        _probe.LetGo();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK, "ok\n")]
    [InlineData("/readyz", HttpStatusCode.OK, "ready\n")]
    [InlineData("/", HttpStatusCode.OK, "netclaw gateway attic: ready\n")]
    [InlineData("/index.html", HttpStatusCode.NotFound, "not found\n")]
    [InlineData("/healthz/", HttpStatusCode.NotFound, "not found\n")]
    public async Task AnswersOnBothListeners(string path, HttpStatusCode status, string body)
    {
        Assert.Equal((status, body), await _host.GetAsync(path));
        Assert.Equal((status, body), await _host.GetAsync(path, control: true));
    }

    [Fact]
    public async Task HasMetrics_OfSessionsHandshakesPairingsAndJournal()
    {
        using var phone = new TestDevice("phone");
        await phone.PairAsync(_host);
        await using var connection = await phone.ConnectAsync(_host);
        var (status, text) = await _host.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches("(?m)^netclaw_sessions\\{state=\"Active\"\\} [1-9]", text);
        Assert.Matches("(?m)^netclaw_handshakes_total\\{code=\"ok\"\\} [1-9]", text);
        Assert.Matches("(?m)^netclaw_pairings_total\\{flow=\"code\"\\} [1-9]", text);
        Assert.Matches("(?m)^netclaw_journal_write_duration_seconds_count\\{journal=\"device-registry\"\\} [1-9]", text);
        Assert.Matches("(?m)^netclaw_method_duration_seconds_count\\{method=\"device.pair.code.create\",ok=\"true\"\\} [1-9]", text);
        Assert.Contains("netclaw_connections_unauthenticated{listener=\"tcp\"}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "1.2.3.4", HttpStatusCode.Unauthorized, "unauthorized")]
    [InlineData("Host", "evil.example", HttpStatusCode.MisdirectedRequest, "host_not_allowed")]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden, "origin_not_allowed")]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden, "origin_not_allowed")]
    public async Task KeepsMetricsToItself_WhenARequestIsNotPlainlyLocal(string name, string value, HttpStatusCode status, string code)
    {
        var tcp = await _host.GetAsync("/metrics", headers: (name, value));
        Assert.Equal(status, tcp.Status);
        Assert.StartsWith(code + ": ", tcp.Body, StringComparison.Ordinal);
        var control = await _host.GetAsync("/metrics", control: true, (name, value));
        Assert.Equal(HttpStatusCode.Forbidden, control.Status);
        Assert.StartsWith("control_socket_bridged: ", control.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsNotReady_WhileItDrains()
    {
        await using var owner = await _host.OperatorAsync();
        _probe.Hold();
        var held = owner.CallAsync(
            CodeCreateParams.Method, new CodeCreateParams(Role.Operator), ProtocolJson.Default.CodeCreateParams, ProtocolJson.Default.CodeCreateResult, CancellationToken.None);
        await _probe.Reached.WaitAsync(GatewayHost.Bound);

        var stopping = _host.StopAsync();
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        (HttpStatusCode Status, string Body) answer;
        while ((answer = await _host.GetAsync("/readyz", control: true)).Status == HttpStatusCode.OK)
        {
            await Task.Delay(5, bound.Token);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining: the gateway is going down\n"), answer);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready\n"), await _host.GetAsync("/readyz", headers: ("Via", "1.1 proxy")));

        // The call that was open when the drain began is still answered.
        _probe.LetGo();
        Assert.NotNull((await held.WaitAsync(GatewayHost.Bound)).Url);
        Assert.Equal("gateway_stopping", (await owner.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        await stopping.WaitAsync(GatewayHost.Bound);
    }

    [Fact]
    public async Task IsNotReady_BeforeTheJournalIsRead()
    {
        var probe = new HoldingProbe();
        probe.Hold();
        using var temporary = new TemporaryHome();
        var problems = new Netclaw.Daemon.Start.StartProblems();
        using var prepared = Netclaw.Daemon.Lifetime.PreparedHome.Take(
            new Netclaw.Daemon.Start.DaemonArguments { Home = temporary.Home.Root, Listen = IPEndPoint.Parse("127.0.0.1:0") }, _ => null, problems)!;
        var starting = Netclaw.Daemon.Lifetime.RunningDaemon.StartAsync(
            prepared, new Netclaw.Daemon.Lifetime.StopSignal(prepared.Options.Shutdown), Netclaw.Daemon.Logging.LogEcho.Nothing, services => services.AddSingleton<IDurabilityProbe>(probe), problems);
        await probe.Reached.WaitAsync(GatewayHost.Bound);

        var socket = new System.Net.Sockets.UnixDomainSocketEndPoint(temporary.Home.ControlSocket);
        var (status, body) = await PlainClient.GetAsync(socket, "/readyz").WaitAsync(GatewayHost.Bound);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("starting: ", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await PlainClient.GetAsync(socket, "/healthz").WaitAsync(GatewayHost.Bound)).Status);
        Assert.False(File.Exists(temporary.Home.RunFile));

        probe.LetGo();
        await using var daemon = (await starting.WaitAsync(GatewayHost.Bound))!;
        Assert.Equal(HttpStatusCode.OK, (await PlainClient.GetAsync(socket, "/readyz").WaitAsync(GatewayHost.Bound)).Status);
    }

    /// <summary>Holds the registry between its durable write and everything after it.</summary>
    private sealed class HoldingProbe : IDurabilityProbe
    {
        private readonly ManualResetEventSlim _open = new(initialState: true);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Hold() => _open.Reset();

        public void LetGo() => _open.Set();

        public void Persisted(string persistenceId, long lastSequence)
        {
            if (!_open.IsSet)
            {
                _reached.TrySetResult();
                Assert.True(_open.Wait(GatewayHost.Bound));
            }
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Logging;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;
using Netclaw.Runtime.Contract.Persistence;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>A whole daemon in this process, on a home of its own and a database of the test's; asked from outside as everybody asks it.</summary>
internal sealed class DaemonOnPostgres : IAsyncDisposable
{
    /// <summary>The cluster lets everybody in, so any password serves; this one must never be seen again.</summary>
    public const string Canary = "canary-7f3a91";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly ClientInfo Client = new() { Id = "test", Version = "1", Platform = "test" };

    private readonly TemporaryHome _temporary = new();
    private readonly HttpClient _http = new();
    private PreparedHome? _prepared;
    private RunningDaemon? _daemon;

    public DaemonOnPostgres(PostgresCluster cluster, string database)
        : this(cluster.ConnectionString.Replace("Database=postgres", $"Database={database}", StringComparison.Ordinal))
    {
    }

    public DaemonOnPostgres(string connectionString)
    {
        _temporary.WriteConfig("""{ "listen": { "port": 0 }, "persistence": { "provider": "postgresql", "connectionStringFile": "postgres.txt" }, "shutdown": { "drainSeconds": 1 } }""");
        var settings = connectionString + $";Password={Canary}";
        PrivateFile.WriteAtomically(Path.Combine(_temporary.Home.Root, "postgres.txt"), System.Text.Encoding.UTF8.GetBytes(settings + "\n"));
    }

    public NetclawHome Home => _temporary.Home;

    public JournalHealth Health => _daemon!.Services.GetRequiredService<JournalHealth>();

    /// <returns>What kept it from starting; empty when it runs.</returns>
    public async Task<string> StartAsync()
    {
        var problems = new StartProblems();
        _prepared = PreparedHome.Take(new DaemonArguments { Home = Home.Root }, _ => null, problems);
        _daemon = _prepared is null
            ? null
            : await RunningDaemon.StartAsync(_prepared, new StopSignal(_prepared.Options.Shutdown), LogEcho.Nothing, null, problems).WaitAsync(Patience);
        if (_daemon is null)
        {
            _prepared?.Dispose();
        }

        return problems.Any ? StartReport.Render(problems, asJson: false) : "";
    }

    public async Task MustStartAsync()
    {
        var seen = await StartAsync();
        Assert.True(seen.Length == 0, seen);
    }

    public async Task StopAsync()
    {
        if (_daemon is { } daemon)
        {
            _daemon = null;
            await daemon.StopAsync("the test").WaitAsync(Patience);
            await daemon.DisposeAsync();
            _prepared!.Dispose();
        }
    }

    /// <summary>The operator on the control socket.</summary>
    public async Task<GatewayConnection> OwnerAsync()
    {
        var connection = await GatewayConnection.OpenAsync(GatewayEndpoint.OfHome(Home), new GatewayConnectionOptions(), default);
        Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(new ConnectRequest { Client = Client }, default));
        return connection;
    }

    /// <summary>Pairs a fresh device by code, from the code to the first welcome.</summary>
    public async Task<DeviceId> PairAsync(GatewayConnection owner, string name)
    {
        using var key = SigningKey.Generate();
        return await PairAsync(owner, name, key);
    }

    /// <param name="key">Of the device.</param>
    public async Task<DeviceId> PairAsync(GatewayConnection owner, string name, SigningKey key)
    {
        var minted = await owner.CallAsync(
            CodeCreateParams.Method, new CodeCreateParams(Role.Operator), ProtocolJson.Default.CodeCreateParams, ProtocolJson.Default.CodeCreateResult, default);
        Assert.True(PairingCode.TryParse(minted.Code.Reveal(), out var code));
        await using var connection = await GatewayConnection.OpenAsync(new GatewayEndpoint.Http(Url("")), new GatewayConnectionOptions(), default);
        var request = new ConnectRequest { Client = Client, Device = key, Scopes = ScopeSet.All };
        await new PairingClient(connection, request, name, pinned: false).ByCodeAsync(code, default).WaitAsync(Patience);
        return key.Public.DeviceId;
    }

    /// <summary>With the key that it was paired with.</summary>
    /// <exception cref="GatewayException">It is not let in.</exception>
    public async Task<GatewayConnection> ConnectAsync(SigningKey key)
    {
        var connection = await GatewayConnection.OpenAsync(new GatewayEndpoint.Http(Url("")), new GatewayConnectionOptions(), default);
        Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(new ConnectRequest { Client = Client, Device = key }, default).WaitAsync(Patience));
        return connection;
    }

    /// <summary>A device that asks to be let in and waits for the owner.</summary>
    public async Task<WaitingDevice> AskAsync(string name)
    {
        var connection = await GatewayConnection.OpenAsync(new GatewayEndpoint.Http(Url("")), new GatewayConnectionOptions(), default);
        return await WaitingDevice.AskAsync(connection, new ConnectRequest { Client = Client, Scopes = ScopeSet.All }, name).WaitAsync(Patience);
    }

    public async Task<(int Status, string Body)> ReadyAsync()
    {
        using var answer = await _http.GetAsync(Url("/readyz"));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task BecomesReadyAsync() => EventuallyAsync(async () => (await ReadyAsync()).Status == 200);

    public async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            Assert.False(deadline.IsCancellationRequested, $"not within {Patience}; {await ReadyAsync()}; the log ends with\n{string.Join('\n', Log().Split('\n').TakeLast(20))}");
            await Task.Delay(Pause);
        }
    }

    /// <summary>What the owner sees in the list.</summary>
    public async Task<HashSet<DeviceId>> PairedAsync(GatewayConnection owner)
    {
        var list = await owner.CallAsync(PairListResult.Method, ProtocolJson.Default.PairListResult, default);
        return [.. list.Paired.Where(device => device.Kind != "host").Select(device => device.DeviceId)];
    }

    public string Log()
    {
        using var file = new StreamReader(new FileStream(Home.DaemonLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return file.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _temporary.Dispose();
    }

    private Uri Url(string path) => new($"http://{_daemon!.Endpoints[0]}{path}");
}

using System.Net;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Http;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Listeners;
using Netclaw.Daemon.Logging;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Spawning;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Telemetry;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

/// <summary>One gateway from its first listener to its last log line. Start: 1 listeners and actors, 2 journal and host device, 3 run file, ready. Stop: see <see cref="StopAsync"/>.</summary>
public sealed class RunningDaemon : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RegistryBudget = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan HostBudget = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ChildrenBudget = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TelemetryBudget = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(3);

    private readonly PreparedHome _prepared;
    private readonly WebApplication _app;
    private readonly LogFiles _logs;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _unwatch = new();
    private Task _watching = Task.CompletedTask;
    private HeadKeeper? _heads;
    private bool _childrenEnded;

    private RunningDaemon(PreparedHome prepared, WebApplication app, LogFiles logs)
    {
        _prepared = prepared;
        _app = app;
        _logs = logs;
        _log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Netclaw.Daemon");
        _time = app.Services.GetRequiredService<TimeProvider>();
        foreach (var file in (LineFile[])[logs.Daemon, logs.Audit])
        {
            file.OnFailure(failure => LifetimeLog.FileFailed(_log, failure));
        }
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>As bound.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints => Services.GetRequiredService<BoundAddresses>().All;

    /// <summary>What it does, in a few words, for whoever looks at the process.</summary>
    internal string Serving => $"serving {_prepared.Home.Root} on {string.Join(", ", Endpoints)}";

    /// <summary>The longest that a stop takes while everything keeps to its budget.</summary>
    internal TimeSpan StopBudget => _prepared.Options.Shutdown.Drain + LastWords + RegistryBudget + HostBudget + ChildrenBudget + TelemetryBudget + StopMargin;

    internal ServiceWatch Watch(ServiceManager manager) => new(
        manager, ServiceWatch.Asking(Services.GetRequiredService<IReadOnlyActorRegistry>().Get<DeviceRegistryKey>, _time),
        Services.GetRequiredService<JournalHealth>(), Serving, _time);

    /// <param name="prepared">Stays its taker's: it is let go after the daemon.</param>
    /// <param name="overrides">Replaces services, for tests.</param>
    /// <returns>Null, with the problems added, when it does not become ready; then nothing is left running.</returns>
    public static async Task<RunningDaemon?> StartAsync(
        PreparedHome prepared, StopSignal stop, LogEcho echo, Action<IServiceCollection>? overrides, StartProblems problems)
    {
        var logs = new LogFiles(prepared.Home, prepared.Options.Logging);
        RunningDaemon? daemon = null;

        // The home is locked, so its own journal can be looked at while the services are made. A database elsewhere is nobody's before its lease is held.
        var looked = prepared.Postgres is null ? JournalComparison.OfRecordsAsync(DaemonServices.Auditor(prepared)) : null;
        try
        {
            daemon = new RunningDaemon(prepared, DaemonServices.Build(prepared, stop, logs, echo, overrides), logs);
            await daemon.OpenAsync(looked, problems).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            problems.Add(ListenFailure.Explain(e, prepared.Options.Listen.EndPoint) ?? new StartProblem(RefusalCode.InternalError, $"Something failed that should not have: {e.Message}"));
            logs.Daemon.Add($"not started: {e}");
        }

        if (!problems.Any)
        {
            return daemon;
        }

        IAsyncDisposable begun = daemon is null ? logs : daemon;
        await begun.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// 1 not ready, no new sessions; 2 clients hear <c>shutdown</c>, open calls finish, sessions close with 1012; 3 the registry writes what it has, then the mark says so; 4 the
    /// listeners and the actor system go, and then the programs that were started. Each within its budget.
    /// </summary>
    public async Task StopAsync(string by)
    {
        var budget = _prepared.Options.Shutdown.Drain;
        LifetimeLog.Stopping(_log, by, budget.TotalSeconds);
        Services.GetRequiredService<Readiness>().Draining(); // 1
        var actors = Services.GetRequiredService<IReadOnlyActorRegistry>();
        try
        {
            var drained = await actors.Get<SessionSupervisor>().Ask<SessionsDrained>( // 2
                new DrainSessions("gateway stopping", _time.GetUtcNow() + budget), budget + LastWords).ConfigureAwait(false);
            LifetimeLog.Drained(_log, drained.Sessions);
        }
        catch (AskTimeoutException)
        {
            LifetimeLog.Overran(_log, "the drain");
        }

        await StopWatchingAsync().ConfigureAwait(false);
        try
        {
            await actors.Get<DeviceRegistryKey>().GracefulStop(RegistryBudget, StopRegistry.Instance).ConfigureAwait(false); // 3
        }
        catch (TaskCanceledException)
        {
            LifetimeLog.Overran(_log, "the registry");
        }

        _heads?.Write();

        await StopHostAsync().ConfigureAwait(false); // 4
        LifetimeLog.Stopped(_log);
    }

    public async ValueTask DisposeAsync()
    {
        await StopWatchingAsync().ConfigureAwait(false);
        await StopHostAsync().ConfigureAwait(false);
        await StopTelemetryAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await _logs.DisposeAsync().ConfigureAwait(false);
        _unwatch.Dispose();
    }

    /// <param name="looked">What the journal's records came to against the mark; null: it is still to be looked at.</param>
    private async Task OpenAsync(Task<StartProblem?>? looked, StartProblems problems)
    {
        var home = _prepared.Home;
        var started = _time.GetTimestamp();
        var identity = Services.GetRequiredService<GatewayIdentity>();
        LifetimeLog.Starting(_log, identity.Version, Environment.ProcessId, home.Root, identity.Id.ToString(), _prepared.Postgres?.Place ?? SqliteProvider.Use());
        Services.ReportTelemetry(_prepared.Telemetry, _log);
        Services.GetRequiredService<StartWarnings>().Log(_log);
        if (_prepared.Lock.LeftBehind is { } children)
        {
            LifetimeLog.EndedLeftBehind(_log, children.Ended);
            TellOfLeft(children);
        }

        if (!Subreaper.Become())
        {
            LifetimeLog.NoSubreaper(_log);
        }

        if (!Services.GetRequiredService<LoopbackPeer>().IsExact)
        {
            LifetimeLog.NoSockDiag(_log);
        }

        _ = Services.GetRequiredService<MetricsText>();
        _ = Services.GetRequiredService<ProcessMetrics>();
        if (!await TakeLeaseAsync(problems).ConfigureAwait(false) || !await CompareAsync(looked, problems).ConfigureAwait(false))
        {
            return;
        }

        await _app.StartAsync().ConfigureAwait(false); // 1
        Services.GetRequiredService<BoundAddresses>().Set(Bound());

        if (!await ActivatorUtilities.CreateInstance<HostEnrolment>(Services, _log).RunAsync(problems).ConfigureAwait(false)) // 2
        {
            return;
        }

        var facts = Services.GetRequiredService<DaemonFacts>();
        new RunFile( // 3
            Environment.ProcessId, facts.StartedAt.ToUnixTimeMilliseconds(), identity.Id, identity.Name, identity.Key, facts.Endpoints, home.ControlSocket, identity.Version, _prepared.SharedSocket)
            .Save(home);
        Services.GetRequiredService<Readiness>().Opened();
        _heads = Services.GetRequiredService<HeadKeeper>();
        _watching = Task.WhenAll(_heads.RunAsync(_unwatch.Token), Services.GetService<LeaseKeeper>()?.RunAsync(_unwatch.Token) ?? Task.CompletedTask);
        LifetimeLog.Ready(_log, (long)_time.GetElapsedTime(started).TotalMilliseconds, string.Join(", ", facts.Endpoints), home.ControlSocket);
    }

    /// <summary>PostgreSQL only, and before anything can write: the right to be this database's one daemon.</summary>
    private async Task<bool> TakeLeaseAsync(StartProblems problems)
    {
        if (Services.GetService<JournalLease>() is not { } lease || await lease.TryTakeAsync(CancellationToken.None).ConfigureAwait(false) is not { } problem)
        {
            return true;
        }

        LifetimeLog.NotStarted(_log, problem.Message, null);
        problems.Add(problem);
        return false;
    }

    /// <summary>Before anything is written: whether the journal is the one that the mark outside it has seen.</summary>
    private async Task<bool> CompareAsync(Task<StartProblem?>? looked, StartProblems problems)
    {
        if (await (looked ?? JournalComparison.OfRecordsAsync(Services.GetRequiredService<JournalAuditor>())).ConfigureAwait(false) is not { } problem)
        {
            return true;
        }

        LifetimeLog.NotStarted(_log, problem.Message, null);
        problems.Add(problem);
        return false;
    }

    private async Task StopWatchingAsync()
    {
        await _unwatch.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
    }

    private IEnumerable<IPEndPoint> Bound() => Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Select(address => IPEndPoint.TryParse(address.Replace("http://", "", StringComparison.Ordinal), out var endpoint) ? endpoint : null)
        .OfType<IPEndPoint>();

    private async Task StopHostAsync()
    {
        using var budget = new CancellationTokenSource(HostBudget, _time);
        try
        {
            await _app.StopAsync(budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            LifetimeLog.Overran(_log, "the host");
        }

        if (!_childrenEnded)
        {
            // By now everything that runs for somebody was cancelled, and asked to end.
            _childrenEnded = true;
            var children = await Task.Run(Services.GetRequiredService<Children>().Close).ConfigureAwait(false);
            if (children.Ended > 0)
            {
                LifetimeLog.EndedChildren(_log, children.Ended);
            }

            TellOfLeft(children);
        }
    }

    private void TellOfLeft(ChildrenEnded children)
    {
        if (children.Left > 0)
        {
            LifetimeLog.ChildrenLeft(_log, children.Left);
            _prepared.Lock.LeavesChildren = true;
        }
    }

    /// <summary>After the last words, before the meters go.</summary>
    private async Task StopTelemetryAsync()
    {
        if (Services.GetService<ITelemetryExport>() is { } export && !await export.StopAsync(TelemetryBudget, _time).ConfigureAwait(false))
        {
            LifetimeLog.Overran(_log, "the last export of telemetry");
        }
    }
}

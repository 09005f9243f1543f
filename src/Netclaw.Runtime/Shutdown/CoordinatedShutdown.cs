using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends an actor system in phases (Akka.NET documentation, "Coordinated Shutdown"). Phases and what they depend on stand in
/// <c>akka.coordinated-shutdown.phases</c>; one runs when all that it depends on are done. The tasks of a phase run at the same time and
/// have the phase's timeout. Failed or late tasks are logged and passed over, unless the phase says <c>recover = off</c>.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    /// <summary>First: before the doors close.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>No new connections.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Requests under way end.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>What served them ends.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Unused here: there is no cluster.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Unused here: there is no cluster.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>Unused here: there is no cluster.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>Unused here: there is no cluster.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>Unused here: there is no cluster.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>Unused here: there is no cluster.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>The last moment at which actors run.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The actor system ends.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<ShutdownPhase> _phases;
    private readonly Dictionary<string, List<ShutdownTask>> _tasks = new(StringComparer.Ordinal);
    private readonly ILoggingAdapter _log;
    private Task<Done>? _run;

    internal CoordinatedShutdown(ExtendedActorSystem system, Config config)
    {
        System = system;
        _phases = ShutdownPhase.Read(config);
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
    }

    /// <summary>The system that ends.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Why the shutdown runs; null as long as it does not.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>The timeouts of all phases together: the longest that the shutdown can take.</summary>
    public TimeSpan TotalTimeout => _phases.Where(static phase => phase.Enabled).Aggregate(TimeSpan.Zero, static (sum, phase) => sum + phase.Timeout);

    /// <summary>Of the system.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>
    /// Adds a task to a phase. While the shutdown runs, tasks may still be added to phases that have not begun; to an earlier one they never run.
    /// </summary>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        Find(phase);
        lock (_gate)
        {
            if (!_tasks.TryGetValue(phase, out var tasks)) _tasks[phase] = tasks = [];
            tasks.Add(new ShutdownTask(taskName, task));
        }
    }

    /// <summary>Runs the phases once; every further call gets the same task.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="fromPhase">Skip what comes before this phase.</param>
    /// <returns>Done after the last phase; faulted if a phase without <c>recover</c> failed.</returns>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var first = fromPhase is null ? null : Find(fromPhase);
        lock (_gate)
        {
            if (_run is not null) return _run;
            ShutdownReason = reason;
            _log.Debug("Starting coordinated shutdown: {0}", reason.GetType().Name);
            // Not on the caller's thread, which may be an actor or hold a lock.
            return _run = Task.Run(() => RunPhases(_phases.SkipWhile(phase => first is not null && phase != first)));
        }
    }

    /// <summary>The timeout of a phase.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public TimeSpan Timeout(string phase)
        => _phases.FirstOrDefault(known => known.Name == phase)?.Timeout ?? throw new ArgumentException($"Unknown phase [{phase}]. All phases must be defined in configuration.", nameof(phase));

    private async Task<Done> RunPhases(IEnumerable<ShutdownPhase> phases)
    {
        foreach (var phase in phases)
        {
            if (!phase.Enabled) _log.Debug("Phase [{0}] is disabled by configuration", phase.Name);
            else await RunPhase(phase).ConfigureAwait(false);
        }

        return Done.Instance;
    }

    private async Task RunPhase(ShutdownPhase phase)
    {
        ShutdownTask[] tasks;
        lock (_gate) tasks = _tasks.TryGetValue(phase.Name, out var added) ? [.. added] : [];
        if (tasks.Length == 0) return;
        _log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]", phase.Name, tasks.Length, string.Join(", ", tasks.Select(static task => task.Name)));
        var running = Task.WhenAll(tasks.Select(task => task.Run(phase, _log)));
        try
        {
            await running.WaitAsync(phase.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (phase.Recover && !running.IsCompleted)
        {
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase.Name, phase.Timeout);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            throw new TimeoutException($"Coordinated shutdown phase [{phase.Name}] timed out after {phase.Timeout}.");
        }
    }

    private ShutdownPhase Find(string phase)
        => _phases.FirstOrDefault(known => known.Name == phase)
           ?? throw new ConfigurationException($"Unknown phase [{phase}], known phases [{string.Join(", ", _phases.Select(static known => known.Name))}]. Define it in akka.coordinated-shutdown.phases.");
}

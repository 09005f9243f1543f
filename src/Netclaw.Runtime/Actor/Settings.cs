using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The configuration of one system, read once, with the reference configuration below it.</summary>
/// <remarks>Akka.NET documentation, "Actor Systems".</remarks>
public class Settings
{
    private Config config;

    /// <summary>Reads the configuration; a wrong value is an error that names its key.</summary>
    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    /// <summary>Reads the configuration; a wrong value is an error that names its key.</summary>
    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        this.config = config.WithFallback(ConfigurationFactory.Default());
        var read = this.config;

        ProviderClass = read.GetString("akka.actor.provider", "local");
        SupervisorStrategyClass = read.GetString("akka.actor.guardian-supervisor-strategy", "Akka.Actor.DefaultSupervisorStrategy");
        AskTimeoutOrNone = IsInfinite("akka.actor.ask-timeout") ? null : read.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
        LogLevel = read.GetString("akka.loglevel", "INFO");
        StdoutLogLevel = read.GetString("akka.stdout-loglevel", "WARNING");
        Loggers = read.GetStringList("akka.loggers", []);
        LoggersDispatcher = read.GetString("akka.loggers-dispatcher", "");
        LogConfigOnStart = read.GetBoolean("akka.log-config-on-start");
        LogDeadLetters = read.GetString("akka.log-dead-letters", "10") switch
        {
            "off" or "false" => 0,
            "on" or "true" => int.MaxValue,
            _ => read.GetInt("akka.log-dead-letters", 10),
        };
        LogDeadLettersDuringShutdown = read.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = IsInfinite("akka.log-dead-letters-suspend-duration")
            ? Timeout.InfiniteTimeSpan
            : read.GetTimeSpan("akka.log-dead-letters-suspend-duration", TimeSpan.FromMinutes(5));
        AddLoggingReceive = read.GetBoolean("akka.actor.debug.receive");
        DebugAutoReceive = read.GetBoolean("akka.actor.debug.autoreceive");
        DebugLifecycle = read.GetBoolean("akka.actor.debug.lifecycle");
        DebugEventStream = read.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = read.GetBoolean("akka.actor.debug.unhandled");
        FsmDebugEvent = read.GetBoolean("akka.actor.debug.fsm");
        SchedulerClass = read.GetString("akka.scheduler.implementation", "Akka.Actor.HashedWheelTimerScheduler");
        CoordinatedShutdownTerminateActorSystem = read.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true);
        CoordinatedShutdownRunByActorSystemTerminate = read.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true);
    }

    /// <summary>Whose settings they are.</summary>
    public ActorSystem System { get; }

    /// <summary>What the system was made with beside the configuration.</summary>
    public ActorSystemSetup Setup { get; }

    /// <summary>All of it, with the defaults behind.</summary>
    public Config Config => config;

    /// <summary>akka.actor.provider</summary>
    public string ProviderClass { get; }

    /// <summary>akka.actor.guardian-supervisor-strategy</summary>
    public string SupervisorStrategyClass { get; }

    /// <summary>The timeout of Asks that give none; <see cref="Timeout.InfiniteTimeSpan"/> when off.</summary>
    public TimeSpan AskTimeout => AskTimeoutOrNone ?? Timeout.InfiniteTimeSpan;

    /// <summary>akka.loglevel</summary>
    public string LogLevel { get; }

    /// <summary>akka.stdout-loglevel: while there is no logger yet or any more</summary>
    public string StdoutLogLevel { get; }

    /// <summary>akka.loggers</summary>
    public IList<string> Loggers { get; }

    /// <summary>akka.loggers-dispatcher</summary>
    public string LoggersDispatcher { get; }

    /// <summary>akka.log-config-on-start</summary>
    public bool LogConfigOnStart { get; }

    /// <summary>How many dead letters are logged before silence.</summary>
    public int LogDeadLetters { get; }

    /// <summary>akka.log-dead-letters-during-shutdown</summary>
    public bool LogDeadLettersDuringShutdown { get; }

    /// <summary>akka.log-dead-letters-suspend-duration</summary>
    public TimeSpan LogDeadLettersSuspendDuration { get; }

    /// <summary>akka.actor.debug.receive</summary>
    public bool AddLoggingReceive { get; }

    /// <summary>akka.actor.debug.autoreceive</summary>
    public bool DebugAutoReceive { get; }

    /// <summary>akka.actor.debug.lifecycle</summary>
    public bool DebugLifecycle { get; }

    /// <summary>akka.actor.debug.event-stream</summary>
    public bool DebugEventStream { get; }

    /// <summary>akka.actor.debug.unhandled</summary>
    public bool DebugUnhandledMessage { get; }

    /// <summary>akka.actor.debug.fsm</summary>
    public bool FsmDebugEvent { get; }

    /// <summary>akka.scheduler.implementation</summary>
    public string SchedulerClass { get; }

    /// <summary>akka.coordinated-shutdown.terminate-actor-system</summary>
    public bool CoordinatedShutdownTerminateActorSystem { get; }

    /// <summary>akka.coordinated-shutdown.run-by-actor-system-terminate</summary>
    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    internal TimeSpan? AskTimeoutOrNone { get; }

    /// <summary>Puts defaults of an extension below everything else.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        lock (System)
            this.config = this.config.WithFallback(config);
    }

    /// <inheritdoc/>
    public override string ToString() => config.ToString();

    /// <summary>What a stash of actors with this mailbox may hold; -1 is no limit.</summary>
    internal int StashCapacity(string mailbox)
    {
        var path = string.IsNullOrEmpty(mailbox) ? "akka.actor.default-mailbox" : mailbox;
        return config.HasPath($"{path}.stash-capacity") ? config.GetInt($"{path}.stash-capacity", -1) : config.GetInt("akka.actor.default-mailbox.stash-capacity", -1);
    }

    private bool IsInfinite(string key) => config.GetString(key, "infinite") is "infinite" or "off" or "undefined";
}

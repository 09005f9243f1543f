using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Event;

/// <summary>The bus logs travel on: it knows the level and starts the loggers.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public class LoggingBus : ActorEventBus<object, Type>
{
    private readonly List<IActorRef> loggers = [];
    private StandardOutLogger? standardOut;

    /// <summary>Made by the system.</summary>
    public LoggingBus()
    {
    }

    /// <summary>Lines below it are not even made.</summary>
    public LogLevel LogLevel { get; private set; } = LogLevel.WarningLevel;

    /// <summary>Changes what the loggers get from now on.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        LogLevel = logLevel;
        foreach (var logger in loggers)
            Listen(logger, logLevel);
    }

    /// <summary>Prints to standard output until the loggers run, and again when they have stopped.</summary>
    public void StartStdoutLogger(Settings config)
    {
        var level = Logging.LogLevelFor(config.StdoutLogLevel);
        standardOut = new StandardOutLogger();
        LogLevel = level;
        Listen(standardOut, level);
    }

    /// <summary>Starts the loggers the configuration names and, unless told otherwise, waits until they are ready.</summary>
    internal void StartLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        var level = Logging.LogLevelFor(settings.LogLevel);
        var ready = new LoggersReady(system, settings.Loggers.Count);
        foreach (var name in settings.Loggers)
        {
            var type = NamedType.Get(name, "akka.loggers");
            var logger = system.SystemActorOf(Props.Create(type).WithDispatcher(settings.LoggersDispatcher), $"log{loggers.Count + 1}-{type.Name}");
            loggers.Add(logger);
            Listen(logger, level);
            logger.Tell(new InitializeLogger(this), ready);
        }

        LogLevel = level;
        if (!settings.Config.GetBoolean("akka.logger-async-start"))
            ready.Wait(settings.Config.GetTimeSpan("akka.logger-startup-timeout", TimeSpan.FromSeconds(5)));
        if (standardOut is not null)
            Unsubscribe(standardOut);
        if (settings.LogDeadLetters > 0)
            Subscribe(system.SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener"), typeof(AllDeadLetters));
        if (settings.DebugUnhandledMessage)
            Subscribe(new UnhandledMessageLog(system), typeof(UnhandledMessage));
    }

    /// <summary>Back to standard output: the loggers are about to stop.</summary>
    internal void StopLoggers(ActorSystemImpl system)
    {
        var level = Logging.LogLevelFor(system.Settings.StdoutLogLevel);
        foreach (var logger in loggers)
            Unsubscribe(logger);
        if (loggers.Count > 0 && standardOut is not null)
            Listen(standardOut, level);
    }

    /// <inheritdoc/>
    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    /// <inheritdoc/>
    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    /// <inheritdoc/>
    protected override Type GetClassifier(object @event) => @event.GetType();

    private void Listen(IActorRef logger, LogLevel level)
    {
        for (var each = LogLevel.DebugLevel; each <= LogLevel.ErrorLevel; each++)
        {
            if (each >= level)
                Subscribe(logger, each.ClassFor());
            else
                Unsubscribe(logger, each.ClassFor());
        }
    }

    /// <summary>Counts the loggers' answers.</summary>
    private sealed class LoggersReady(ActorSystemImpl system, int count) : MinimalActorRef
    {
        private readonly CountdownEvent missing = new(count);

        public override ActorPath Path => system.IgnoreRef.Path;

        public override IActorRefProvider Provider => system.Provider;

        public void Wait(TimeSpan limit)
        {
            if (!missing.Wait(limit))
            {
                throw new ConfigurationException(
                    $"{missing.CurrentCount} of the loggers in akka.loggers did not answer InitializeLogger with LoggerInitialized within {limit} (akka.logger-startup-timeout).");
            }
        }

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is LoggerInitialized && !missing.IsSet)
                missing.Signal();
        }
    }
}

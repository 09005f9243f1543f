using System.Text;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>The logging part of an actor system's configuration.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public sealed class LoggerConfigBuilder
{
    private readonly List<Type> _loggers = [typeof(DefaultLogger)];

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder) => Builder = builder;

    /// <summary>The least level that is logged; Info by default.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.InfoLevel;

    /// <summary>Log the whole configuration when the system starts.</summary>
    public bool LogConfigOnStart { get; set; }

    /// <summary>What the system says about actors at Debug level; null leaves it to the configuration.</summary>
    public DebugOptions? DebugOptions { get; set; }

    /// <summary>Which dead letters are logged; null leaves it to the configuration.</summary>
    public DeadLetterOptions? DeadLetterOptions { get; set; }

    internal AkkaConfigurationBuilder Builder { get; }

    /// <summary>Removes all loggers, the default one included.</summary>
    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    /// <summary>Adds a logger actor.</summary>
    public LoggerConfigBuilder AddLogger<T>() where T : IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        if (!_loggers.Contains(typeof(T))) _loggers.Add(typeof(T));
        return this;
    }

    internal string ToHocon()
    {
        var text = new StringBuilder("akka {\n");
        text.Append("loglevel = ").Append(Word(LogLevel)).Append('\n');
        text.Append("log-config-on-start = ").Append(LogConfigOnStart.ToHocon()).Append('\n');
        text.Append("loggers = [").AppendJoin(", ", _loggers.Select(static type => $"{type.FullName}, {type.Assembly.GetName().Name}".ToHocon())).Append("]\n");
        if (DeadLetterOptions is { } deadLetters) text.Append(deadLetters.ToHocon());
        if (DebugOptions is { } debug) text.Append(debug.ToHocon());
        return text.Append('}').ToString();
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        _ => "OFF",
    };
}

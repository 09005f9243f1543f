namespace Akka.Event;

/// <summary>A format and its parameters, put together only when somebody reads them.</summary>
/// <remarks>Akka.NET documentation, "Logging in Akka.NET".</remarks>
public abstract class LogMessage
{
    /// <summary>How it becomes text.</summary>
    protected readonly ILogMessageFormatter Formatter;

    /// <summary>Formatted only when somebody asks.</summary>
    public LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    /// <summary>With places for the arguments.</summary>
    public string Format { get; }

    /// <summary>Format and arguments side by side.</summary>
    public abstract string Unformatted();

    /// <summary>The arguments.</summary>
    public abstract IEnumerable<object> Parameters();
}

internal sealed class FormattedLogMessage(ILogMessageFormatter formatter, string format, object[] args) : LogMessage(formatter, format)
{
    public override string Unformatted() => $"{Format} [{string.Join(", ", args)}]";

    public override IEnumerable<object> Parameters() => args;

    public override string ToString() => Formatter.Format(Format, args);
}

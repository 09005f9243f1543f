using System.Text;

namespace Akka.Hosting;

/// <summary>How many: none, all, or as many as a count says.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public enum TriStateValue
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>Everything.</summary>
    All = 1,
    /// <summary>As many as the number says.</summary>
    Some = 2,
}

/// <summary>Which dead letters are logged: null leaves a key to the configuration.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public class DeadLetterOptions
{
    /// <summary>Which of them: akka.log-dead-letters.</summary>
    public TriStateValue ShouldLog { get; set; } = TriStateValue.All;

    /// <summary>After so many, with <see cref="TriStateValue.Some"/>, logging pauses.</summary>
    public int LogCount { get; set; } = 10;

    /// <summary>akka.log-dead-letters-during-shutdown</summary>
    public bool? LogDuringShutdown { get; set; }

    /// <summary>How long it pauses.</summary>
    public TimeSpan? LogSuspendDuration { get; set; }

    /// <inheritdoc/>
    public override string ToString() => ToHocon();

    internal string ToHocon()
    {
        var text = new StringBuilder("log-dead-letters = ");
        text.Append(ShouldLog switch { TriStateValue.None => "off", TriStateValue.All => "on", _ => LogCount.ToHocon() }).Append('\n');
        if (LogDuringShutdown is { } during) text.Append("log-dead-letters-during-shutdown = ").Append(during.ToHocon()).Append('\n');
        if (LogSuspendDuration is { } pause) text.Append("log-dead-letters-suspend-duration = ").Append(pause.ToHocon(allowInfinite: true)).Append('\n');
        return text.ToString();
    }
}

using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    private static readonly IntegerRange DrainSeconds = new(0, 300, "seconds");

    /// <summary>How long open calls may take to finish once the daemon goes down. Default 10 s; 0 closes at once.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    internal static ShutdownOptions Read(ConfigSection section)
    {
        var options = new ShutdownOptions
        {
            Drain = TimeSpan.FromSeconds(section.Read("drainSeconds", 10, new IntegerForm(DrainSeconds), "How long open calls may take to finish once the daemon goes down; 0 closes at once.")),
        };
        section.RejectUnknown();
        return options;
    }

    internal IEnumerable<(string Key, int Value, IntegerRange Range)> Ranged() => [("shutdown.drainSeconds", (int)Drain.TotalSeconds, DrainSeconds)];
}

public sealed class ShutdownOptionsValidator : ConfigValidator<ShutdownOptions>
{
    public override IEnumerable<ConfigProblem> Check(ShutdownOptions options) => OutOfRange(options.Ranged());
}

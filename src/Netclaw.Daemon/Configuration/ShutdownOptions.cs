namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    /// <summary>How long open calls may take to finish once the daemon goes down. Default 10 s; 0 closes at once.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    internal static ShutdownOptions Read(ConfigSection section)
    {
        var options = new ShutdownOptions { Drain = TimeSpan.FromSeconds(section.Integer("drainSeconds", 10)) };
        section.RejectUnknown();
        return options;
    }
}

public sealed class ShutdownOptionsValidator : ConfigValidator<ShutdownOptions>
{
    public override IEnumerable<ConfigProblem> Check(ShutdownOptions options)
    {
        if (OutOfRange("shutdown.drainSeconds", (int)options.Drain.TotalSeconds, 0, 300, "seconds") is { } range)
        {
            yield return range;
        }
    }
}

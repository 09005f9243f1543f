namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>pairing</c>.</summary>
public sealed class CodeOptions
{
    /// <summary>
    /// How long a pairing code may be used. Default 5 minutes: time to walk to the other device. Longer gives a guesser more
    /// time (five tries in all), shorter runs out while people type.
    /// </summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(5);

    internal static CodeOptions Read(ConfigSection section)
    {
        var options = new CodeOptions { Lifetime = TimeSpan.FromSeconds(section.Integer("codeLifetimeSeconds", 300)) };
        section.RejectUnknown();
        return options;
    }
}

public sealed class CodeOptionsValidator : ConfigValidator<CodeOptions>
{
    public override IEnumerable<ConfigProblem> Check(CodeOptions options)
    {
        if (OutOfRange("pairing.codeLifetimeSeconds", (int)options.Lifetime.TotalSeconds, 30, 3600, "seconds") is { } range)
        {
            yield return range;
        }
    }
}

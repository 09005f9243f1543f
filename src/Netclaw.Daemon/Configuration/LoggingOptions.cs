using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>logging</c>.</summary>
public sealed class LoggingOptions
{
    private static readonly ImmutableArray<(string, LogLevel)> Levels = [.. Enum.GetValues<LogLevel>().Select(level => (level.ToString(), level))];
    private static readonly IntegerRange Bytes = new(64 * 1024, 1024 * 1024 * 1024, "bytes");
    private static readonly IntegerRange Files = new(1, FormerFiles.Most, "files");

    /// <summary>The least level that is logged. Default Information; Debug and Trace show every step of every connection and cost time.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>
    /// Bytes at which logs/netclawd.log becomes netclawd.log.1 and a new one begins. Default 8 MiB: some days of a busy gateway, and quickly searched. Too small
    /// keeps only the last hours; above the size at which logrotate acts, the gateway leaves rotating to it.
    /// </summary>
    public int MaxBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many former files stay, netclawd.log.1 the youngest. Default 5; together with the present one they take up to <see cref="MaxBytes"/> × (1 + this).</summary>
    public int Keep { get; init; } = 5;

    internal static LoggingOptions Read(ConfigSection section)
    {
        var options = new LoggingOptions
        {
            Level = section.Read("level", LogLevel.Information, new ChoiceForm<LogLevel>("There is no such level.", Levels), "The least level that is logged."),
            MaxBytes = section.Read("maxBytes", 8 * 1024 * 1024, new IntegerForm(Bytes), "The size at which `logs/netclawd.log` becomes `netclawd.log.1` and a new one begins."),
            Keep = section.Read("keep", 5, new IntegerForm(Files), "How many former files stay, `netclawd.log.1` the youngest."),
        };
        section.RejectUnknown();
        return options;
    }

    internal IEnumerable<(string Key, int Value, IntegerRange Range)> Ranged() => [("logging.maxBytes", MaxBytes, Bytes), ("logging.keep", Keep, Files)];
}

public sealed class LoggingOptionsValidator : ConfigValidator<LoggingOptions>
{
    public override IEnumerable<ConfigProblem> Check(LoggingOptions options) => OutOfRange(options.Ranged());
}

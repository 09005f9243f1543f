using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>logging</c>.</summary>
public sealed class LoggingOptions
{
    private static readonly ImmutableArray<(string, LogLevel)> Levels = [.. Enum.GetValues<LogLevel>().Select(level => (level.ToString(), level))];

    /// <summary>The least level that is logged. Default Information; Debug and Trace show every step of every connection and cost time.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    internal static LoggingOptions Read(ConfigSection section)
    {
        var options = new LoggingOptions
        {
            Level = section.Read("level", LogLevel.Information, new ChoiceForm<LogLevel>("There is no such level.", Levels), "The least level that is logged."),
        };
        section.RejectUnknown();
        return options;
    }
}

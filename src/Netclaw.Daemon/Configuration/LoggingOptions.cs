using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>logging</c>.</summary>
public sealed class LoggingOptions
{
    /// <summary>The least level that is logged. Default Information; Debug and Trace show every step of every connection and cost time.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    internal static LoggingOptions Read(ConfigSection section)
    {
        var options = new LoggingOptions
        {
            Level = section.Parsed("level", LogLevel.Information, TryLevel, "There is no such level.",
                $"Write one of: {string.Join(", ", Enum.GetNames<LogLevel>())}."),
        };
        section.RejectUnknown();
        return options;
    }

    private static bool TryLevel(string text, out LogLevel level) =>
        Enum.TryParse(text, ignoreCase: true, out level) && Enum.IsDefined(level) && !char.IsAsciiDigit(text[0]);
}

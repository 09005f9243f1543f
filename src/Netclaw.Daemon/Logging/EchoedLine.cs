using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Logging;

/// <summary>A line on standard error: one, whatever is in it.</summary>
internal static class EchoedLine
{
    /// <summary>Everything on standard error is one of these once the daemon has begun to log; writes nothing that <paramref name="echo"/> leaves out.</summary>
    public static void Write(LogEcho echo, LogLevel level, string line)
    {
        if (Of(echo, level, line) is { } text)
        {
            StandardError.Write(text + "\n");
        }
    }

    /// <returns>Null: it is not for standard error.</returns>
    public static string? Of(LogEcho echo, LogLevel level, string line) => echo switch
    {
        LogEcho.Everything => Plain(line),
        LogEcho.Problems when level >= LogLevel.Warning => Plain(line),
        LogEcho.RankedProblems when level >= LogLevel.Warning => Rank(level) + Plain(line),
        _ => null,
    };

    /// <summary>Clients' words are in some: nobody writes lines of their own.</summary>
    public static string Plain(string line) => line.Any(char.IsControl)
        ? string.Concat(line.Select(symbol => char.IsControl(symbol) ? ' ' : symbol))
        : line;

    /// <summary>syslog(3)'s priorities.</summary>
    private static string Rank(LogLevel level) => level switch
    {
        LogLevel.Warning => "<4>",
        LogLevel.Error => "<3>",
        _ => "<2>",
    };
}

using Microsoft.Extensions.Logging;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents;

/// <summary>Log events 1750-1799 and 1900-1909.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(1750, LogLevel.Information, "agent {Agent}, run {Run}: attempt {Attempt} did not come through, the next one in {Seconds} s: {Seen}")]
    public static partial void Retrying(ILogger log, string agent, string run, int attempt, double seconds, string seen);

    [LoggerMessage(1751, LogLevel.Warning, "agent {Agent}, run {Run}: {Problem}")]
    public static partial void Failed(ILogger log, string agent, string run, string problem);

    [LoggerMessage(1752, LogLevel.Information, "agent {Agent}, run {Run}: {StopReason} after {Rounds} rounds, {Characters} characters")]
    public static partial void Answered(ILogger log, string agent, string run, string stopReason, int rounds, int characters);

    [LoggerMessage(1754, LogLevel.Information, "agent {Agent}, run {Run}: its program wrote to standard error: {Errors}")]
    public static partial void Wrote(ILogger log, string agent, string run, string errors);

    [LoggerMessage(1900, LogLevel.Debug, "agent {Agent}, run {Run}: {Count} tools are lent to its program as {Loan}")]
    public static partial void Lent(ILogger log, string agent, string run, int count, RunId loan);

    [LoggerMessage(1901, LogLevel.Warning, "agent {Agent}, run {Run}: its program is lent no tools: {Problem}")]
    public static partial void NotLent(ILogger log, string agent, string run, string problem);

    [LoggerMessage(1753, LogLevel.Error, "agent {Agent}, run {Run}: the runtime failed")]
    public static partial void Defect(ILogger log, string agent, string run, Exception exception);
}

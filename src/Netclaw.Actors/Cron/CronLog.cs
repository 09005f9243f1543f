using Microsoft.Extensions.Logging;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Events 1800-1849 and 1960-1989.</summary>
internal static partial class CronLog
{
    [LoggerMessage(1800, LogLevel.Debug, "scheduled jobs were read up to record {Sequence}: {Jobs} jobs")]
    public static partial void Recovered(ILogger log, long sequence, int jobs);

    [LoggerMessage(1801, LogLevel.Error, "scheduled jobs could not be written: {Cause}")]
    public static partial void WriteFailed(ILogger log, string cause);

    [LoggerMessage(1802, LogLevel.Warning, "scheduled jobs have no snapshot: {Cause}")]
    public static partial void NoSnapshot(ILogger log, string cause);

    [LoggerMessage(1803, LogLevel.Debug, "job {Job}: run {Number} began, for {DueAt:O}, attempt {Attempt} ({Cause})")]
    public static partial void Started(ILogger log, CronJobId job, long number, DateTimeOffset dueAt, int attempt, CronCause cause);

    [LoggerMessage(1804, LogLevel.Debug, "job {Job}: run {Number} ended {Status}")]
    public static partial void Ended(ILogger log, CronJobId job, long number, CronStatus status);

    [LoggerMessage(1805, LogLevel.Warning, "job {Job}: run {Number} failed: {Error}")]
    public static partial void Failed(ILogger log, CronJobId job, long number, string error);

    [LoggerMessage(1806, LogLevel.Warning, "job {Job} was disabled after {Failures} failures in a row; netclaw cron enable {Job2} sets it going again")]
    public static partial void Disabled(ILogger log, CronJobId job, int failures, CronJobId job2);

    [LoggerMessage(1807, LogLevel.Warning, "job {Job} cannot run on its schedule: {Problem}")]
    public static partial void Unreadable(ILogger log, CronJobId job, string problem);

    [LoggerMessage(1810, LogLevel.Error, "job {Job}: run {Number} broke off")]
    public static partial void BrokeOff(ILogger log, CronJobId job, long number, Exception cause);

    [LoggerMessage(1811, LogLevel.Warning, "job {Job}: the result of run {Number} was not told: {Problem}")]
    public static partial void NotTold(ILogger log, CronJobId job, long number, string problem);

    [LoggerMessage(1812, LogLevel.Warning, "job {Job}: what it watches was not started: {Problem}; tried again in {WaitSeconds} s")]
    public static partial void NotWatched(ILogger log, CronJobId job, string problem, double waitSeconds);

    [LoggerMessage(1960, LogLevel.Debug, "job {Job}: the command of run {Number} has the credential of {Run}, for {Scopes}")]
    public static partial void Lent(ILogger log, CronJobId job, long number, RunId run, ScopeSet scopes);

    [LoggerMessage(1809, LogLevel.Information, "job {Job}: run {Number}, cut off by the daemon's end, is taken up again")]
    public static partial void Resumed(ILogger log, CronJobId job, long number);

    [LoggerMessage(1808, LogLevel.Information, "job {Job}: what it watches ended after {Seconds} s; watched again in {WaitSeconds} s")]
    public static partial void WatchedAgain(ILogger log, CronJobId job, double seconds, double waitSeconds);
}

using Microsoft.Extensions.Logging;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>Events 1850-1899.</summary>
internal static partial class SpawnLog
{
    [LoggerMessage(1850, LogLevel.Debug, "runs were read up to record {Sequence}: {Runs} are known")]
    public static partial void Recovered(ILogger log, long sequence, int runs);

    [LoggerMessage(1851, LogLevel.Error, "runs could not be written: {Cause}")]
    public static partial void WriteFailed(ILogger log, string cause);

    [LoggerMessage(1852, LogLevel.Warning, "runs have no snapshot: {Cause}")]
    public static partial void NoSnapshot(ILogger log, string cause);

    [LoggerMessage(1853, LogLevel.Information, "run {Run}: started for {Subject}")]
    public static partial void Started(ILogger log, RunId run, string subject);

    [LoggerMessage(1854, LogLevel.Information, "run {Run}: {Verdict}{Problem}")]
    public static partial void Ended(ILogger log, RunId run, RunVerdict verdict, string problem);

    [LoggerMessage(1855, LogLevel.Warning, "the end of run {Run} could not be announced: {Cause}; it is tried again")]
    public static partial void NotAnnounced(ILogger log, RunId run, string cause);

    [LoggerMessage(1857, LogLevel.Warning, "the end of run {Run} is announced to nobody: {Cause}")]
    public static partial void NeverAnnounced(ILogger log, RunId run, string cause);

    [LoggerMessage(1856, LogLevel.Warning, "the conversation of run {Run} could not be deleted: {Cause}; it is tried again")]
    public static partial void NotTidied(ILogger log, RunId run, string cause);
}

using Microsoft.Extensions.Logging;

namespace Netclaw.Actors.Conversations;

/// <summary>Events 1700-1749. No words of anybody's conversation.</summary>
internal static partial class ConversationLog
{
    [LoggerMessage(1700, LogLevel.Debug, "the catalogue of conversations was read up to record {Sequence}: {Conversations} conversations")]
    public static partial void Recovered(ILogger log, long sequence, int conversations);

    [LoggerMessage(1701, LogLevel.Error, "{Id} could not be written: {Cause}")]
    public static partial void WriteFailed(ILogger log, string id, string cause);

    [LoggerMessage(1702, LogLevel.Warning, "{Id} has no snapshot: {Cause}")]
    public static partial void NoSnapshot(ILogger log, string id, string cause);

    [LoggerMessage(1703, LogLevel.Debug, "{Id} was read up to record {Sequence}: {Messages} messages")]
    public static partial void Woken(ILogger log, string id, long sequence, long messages);

    [LoggerMessage(1704, LogLevel.Debug, "{Id}: turn {Run} is given to {Agent}")]
    public static partial void TurnStarted(ILogger log, string id, string run, string agent);

    [LoggerMessage(1705, LogLevel.Information, "{Id}: turn {Run} ended: {Outcome}")]
    public static partial void TurnEnded(ILogger log, string id, string run, string outcome);

    [LoggerMessage(1706, LogLevel.Warning, "{Id}: {Agent} was told to stop turn {Run} and did not; it is no longer listened to")]
    public static partial void TurnStuck(ILogger log, string id, string run, string agent);
}

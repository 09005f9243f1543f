using Microsoft.Extensions.Logging;

namespace Netclaw.Actors.Nodes.Queues;

/// <summary>Events 1500-1549.</summary>
internal static partial class QueueLog
{
    [LoggerMessage(1500, LogLevel.Debug, "the queues of nodes were read up to record {Sequence}: {Nodes} nodes")]
    public static partial void Recovered(ILogger log, long sequence, int nodes);

    [LoggerMessage(1501, LogLevel.Error, "what waits for nodes could not be written: {Cause}")]
    public static partial void WriteFailed(ILogger log, string cause);

    [LoggerMessage(1502, LogLevel.Warning, "the queues of nodes have no snapshot: {Cause}")]
    public static partial void NoSnapshot(ILogger log, string cause);
}

using Microsoft.Extensions.Logging;

namespace Netclaw.Actors.Devices;

/// <summary>Events 1300-1399.</summary>
internal static partial class RegistryLog
{
    [LoggerMessage(1300, LogLevel.Information, "registry: recovered at record {Sequence}: {Devices} devices, {Pending} requests waiting")]
    public static partial void Recovered(ILogger log, long sequence, int devices, int pending);

    [LoggerMessage(1301, LogLevel.Error, "registry: a {Command} could not be decided; it was refused and nothing was changed")]
    public static partial void Undecided(ILogger log, Exception cause, string command);

    [LoggerMessage(1302, LogLevel.Critical, "registry: {Failure}; no further change is accepted")]
    public static partial void WriteFailed(ILogger log, string failure);

    [LoggerMessage(1303, LogLevel.Warning, "registry: a snapshot could not be saved ({Cause}); the next start reads more of the journal")]
    public static partial void NoSnapshot(ILogger log, string cause);

    [LoggerMessage(1304, LogLevel.Debug, "registry: snapshot at record {Sequence}")]
    public static partial void Snapshot(ILogger log, long sequence);

    [LoggerMessage(1305, LogLevel.Warning, "change of {Device}: {Sockets} of {Sessions} sessions did not close in time; their sockets were cut")]
    public static partial void Cut(ILogger log, string device, int sockets, int sessions);
}

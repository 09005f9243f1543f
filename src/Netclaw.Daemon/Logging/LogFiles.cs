using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Logging;

/// <summary>The files under logs/. They outlive the services, so that the last words are kept.</summary>
public sealed class LogFiles(NetclawHome home, LoggingOptions options) : IAsyncDisposable
{
    private const long AuditBytes = 64 * 1024 * 1024;

    public LineFile Daemon { get; } = new(home.DaemonLog, options.MaxBytes, options.Keep);

    /// <summary>Kept for long: who was let in, and why, is asked late.</summary>
    public LineFile Audit { get; } = new(home.AuditLog, AuditBytes, kept: 20);

    public async ValueTask DisposeAsync()
    {
        await Audit.DisposeAsync().ConfigureAwait(false);
        await Daemon.DisposeAsync().ConfigureAwait(false);
    }
}

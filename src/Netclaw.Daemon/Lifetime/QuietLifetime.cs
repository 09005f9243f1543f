using Microsoft.Extensions.Hosting;

namespace Netclaw.Daemon.Lifetime;

/// <summary>Signals are the daemon's own (<see cref="DaemonHost"/>): the framework's handler would close connections before they are drained.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

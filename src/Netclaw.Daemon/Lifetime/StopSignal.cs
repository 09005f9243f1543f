using Netclaw.Actors.Methods;
using Netclaw.Daemon.Configuration;

namespace Netclaw.Daemon.Lifetime;

/// <summary>The one way to end the daemon, whoever asks: a signal, an operator's call, a host.</summary>
public sealed class StopSignal(ShutdownOptions options) : IDaemonControl
{
    private readonly TaskCompletionSource<string> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan DrainBudget => options.Drain;

    /// <summary>Completes with who asked.</summary>
    public Task<string> Asked => _asked.Task;

    public void Stop(string by) => _asked.TrySetResult(by);
}

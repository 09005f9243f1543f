using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust.Secrets;

namespace Netclaw.Daemon.Secrets;

/// <summary>
/// Looks once a second: sessions of runs whose time is over are closed, and, with <c>auth.closeOnRotate</c>, sessions that a replaced secret had opened. New
/// connections do not wait for it; each looks for itself.
/// </summary>
/// <param name="closeOnRotate">Whether a replaced secret closes what it opened.</param>
public sealed class SecretWatch(
    ISharedSecret secret, SpawnCredentials spawned, LiveSessions sessions, bool closeOnRotate, TimeProvider time, ILogger<SecretWatch> log) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long _generation = secret.Read().Generation;
    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(static self => ((SecretWatch)self!).Look(), this, Interval, Interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        // One look at a time, should one take longer than the interval.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            spawned.EndDue();
            var generation = secret.Read().Generation;
            if (generation != _generation)
            {
                _generation = generation;
                Close(generation);
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Close(long generation)
    {
        if (closeOnRotate)
        {
            SecretsLog.ClosingOld(log);
            CredentialEndings.Tell(sessions, new SessionInput.SecretRotated(time.GetUtcNow(), generation));
        }
    }
}

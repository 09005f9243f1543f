using System.Threading.Channels;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Nodes;

/// <summary>A clock whose timers stand until the test lets the one that it expects go by.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly Channel<Held> _made = Channel.CreateUnbounded<Held>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(callback, state, dueTime);
        _made.Writer.TryWrite(timer);
        return timer;
    }

    /// <summary>Waits until somebody waits for just so long, and lets it go by; other timers stand.</summary>
    public async Task PassAsync(TimeSpan due) => (await BegunAsync(due))();

    /// <summary>Waits until somebody waits for just so long.</summary>
    /// <returns>Lets it go by.</returns>
    public async Task<Action> BegunAsync(TimeSpan due)
    {
        using var limit = new CancellationTokenSource(GatewayHost.Bound);
        while (true)
        {
            // A delay is made of whole milliseconds.
            if (await _made.Reader.ReadAsync(limit.Token) is { } timer && (timer.Due - due).Duration() <= TimeSpan.FromMilliseconds(1))
            {
                return timer.Fire;
            }
        }
    }

    private sealed class Held(TimerCallback callback, object? state, TimeSpan due) : ITimer
    {
        public TimeSpan Due => due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using System.Collections.Concurrent;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;

namespace Netclaw.Actors.Cron;

/// <summary>Agents' turns that runs wait for. Thread-safe.</summary>
internal sealed class CronTurns
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<AgentOutcome>> _open = new(StringComparer.Ordinal);

    /// <summary>Before it is asked for: its end may come at once.</summary>
    public Task<AgentOutcome> Expect(string run) => _open.GetOrAdd(run, _ => new TaskCompletionSource<AgentOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Ended(TurnEnded turn)
    {
        if (_open.TryRemove(turn.Run, out var waiting))
        {
            waiting.TrySetResult(turn.Outcome);
        }
    }

    public void Forget(string run) => _open.TryRemove(run, out _);
}

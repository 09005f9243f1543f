using System.Text;
using Netclaw.Actors.Agents;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>The turn that runs: what only this process knows of it.</summary>
internal sealed class RunningTurn(OpenTurn turn, TurnSink sink, DateTimeOffset since) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public OpenTurn Turn => turn;

    public TurnSink Sink => sink;

    public StringBuilder Text { get; } = new();

    public List<(string Tool, ToolAnswer Answer)> Tools { get; } = [];

    /// <summary>Of the run's last event.</summary>
    public long Sequence { get; private set; }

    /// <summary>What the end is put down to, where it is not the agent's own doing.</summary>
    public AgentOutcome.Failed? Cause { get; set; }

    public CancellationToken Stopping => _stop.Token;

    public RunningAnswer Answer => new(turn.Run, turn.Agent, Text.ToString(), Sequence, since);

    public long Next() => ++Sequence;

    /// <summary>Off the caller's thread: whoever hears of it may take long.</summary>
    /// <returns>False: it was told before.</returns>
    public bool Stop()
    {
        if (_stop.IsCancellationRequested)
        {
            return false;
        }

        _ = _stop.CancelAsync();
        return true;
    }

    public void Dispose() => _stop.Dispose();
}

/// <summary>An agent is done with a run.</summary>
internal sealed record TurnDone(string Run, AgentOutcome Outcome);

/// <summary>A run took as long as it may.</summary>
internal sealed record TurnTooLong(string Run);

/// <summary>A run was told to stop and has not.</summary>
internal sealed record TurnStuck(string Run);

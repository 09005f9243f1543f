using System.Collections.Immutable;
using System.Threading.Channels;

namespace Netclaw.Actors.Agents;

/// <summary>Agents that do what the test says, turn by turn.</summary>
public sealed class ScriptedAgents(params string[] ids) : IAgents, IAgentRuntime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ScriptedTurn> _turns = Channel.CreateUnbounded<ScriptedTurn>();
    private int _started;

    /// <summary>Answers at once instead of waiting for the test.</summary>
    public Func<AgentTurn, AgentOutcome>? AtOnce { get; set; }

    /// <summary>Turns that were given to an agent.</summary>
    public int Started => Volatile.Read(ref _started);

    public ImmutableArray<AgentDescription> All { get; } = [.. ids.Select(id => new AgentDescription(id, id, "scripted", null))];

    public IAgentRuntime? Find(string id) => ids.Contains(id) ? this : null;

    /// <summary>The next turn that an agent is given.</summary>
    public async Task<ScriptedTurn> NextAsync() => await _turns.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public Task<AgentOutcome> RunAsync(AgentTurn turn, IAgentSink sink, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _started);
        if (AtOnce is { } answer)
        {
            return Task.FromResult(answer(turn));
        }

        var scripted = new ScriptedTurn(turn, sink, cancellation);
        _turns.Writer.TryWrite(scripted);
        return scripted.Ending;
    }
}

/// <summary>One turn in the hands of a test.</summary>
public sealed class ScriptedTurn(AgentTurn turn, IAgentSink sink, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<AgentOutcome> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AgentTurn Turn => turn;

    public IAgentSink Sink => sink;

    public Task<AgentOutcome> Ending => _end.Task;

    /// <summary>Completes when the turn is told to stop.</summary>
    public Task StoppingAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellation.Register(() => stopping.TrySetResult());
        return stopping.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
    }

    public void End(AgentOutcome outcome) => _end.TrySetResult(outcome);

    public void Answer(string text) => End(new AgentOutcome.Completed(text, "stop", new AgentUsage(3, 5)));
}

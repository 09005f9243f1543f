using System.Collections.Concurrent;
using System.Collections.Immutable;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents.Tools;

/// <summary>
/// The tools of turns that are answered by programs. Each turn has a credential of the spawn credential's kind and without any scope: whoever holds it can call the turn's tools, each behind the scopes of
/// whoever asked and people's approval, and nothing else. It ends with the turn, and with the run that the turn is of. Thread-safe.
/// </summary>
public sealed class ToolLoans(SpawnCredentials credentials)
{
    private readonly ConcurrentDictionary<RunId, LentTools> _turns = [];

    /// <param name="tools">Those of the turn's that its agent is offered.</param>
    /// <param name="user">The user that the program runs as.</param>
    /// <param name="problem">Why nothing is lent; empty when it is.</param>
    /// <returns>Null: nothing is lent.</returns>
    public ToolLoan? Lend(AgentTurn turn, ImmutableArray<AgentTool> tools, uint user, out string problem)
    {
        var run = RunId.New();
        var asker = new Principal(AuthMethod.Spawn, Role.Operator, ScopeSet.Empty, Device: null, turn.Grant.Subject) { Run = turn.Grant.Run };
        var minted = credentials.Mint(new SpawnRequest(run, asker, ScopeSet.Empty, turn.Timeout, user));
        problem = (minted as SpawnMint.Refused)?.Seen ?? "";
        if (minted is not SpawnMint.Minted { Credential: var credential })
        {
            return null;
        }

        _turns[run] = new LentTools(turn, tools);
        return new ToolLoan(run, credential, () => End(run));
    }

    /// <summary>Null: no turn that still goes on has this credential.</summary>
    public LentTools? Find(RunId run) => _turns.GetValueOrDefault(run);

    private void End(RunId run)
    {
        _turns.TryRemove(run, out _);
        credentials.End(run);
    }
}

/// <summary>A turn, and what its agent is offered.</summary>
public sealed record LentTools(AgentTurn Turn, ImmutableArray<AgentTool> Tools);

/// <summary>What one turn's program is lent, until it is disposed of.</summary>
/// <param name="run">Names the loan.</param>
public sealed class ToolLoan(RunId run, Secret credential, Action end) : IDisposable
{
    public RunId Run { get; } = run;

    public Secret Credential { get; } = credential;

    public void Dispose() => end();
}

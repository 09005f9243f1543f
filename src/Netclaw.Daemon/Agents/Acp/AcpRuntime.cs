using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Spawning;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Spawning;
using Netclaw.Protocol;
using Netclaw.Protocol.Processes;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>
/// An agent that is a program speaking the Agent Client Protocol. Each turn has a process of its own, in a group of its own, which is gone before the turn is over: what a
/// conversation knows is in its transcript, so that a crash of the agent, of the daemon, or a cancelled turn leave nothing behind.
/// </summary>
/// <param name="gateway">Where a program that was spawned reaches this gateway.</param>
/// <param name="tools">What it may start to call the gateway's tools; null: nothing.</param>
internal sealed class AcpRuntime(AgentOptions agent, string gateway, ToolServer? tools, Func<string, string?> environment, TimeProvider time, ILogger log) : IAgentRuntime
{
    /// <summary>How long an agent that asks may leave the answers unread.</summary>
    public TimeSpan Patience { get; init; } = AcpOutbox.Patience;

    public Task<AgentOutcome> RunAsync(AgentTurn turn, IAgentSink sink, CancellationToken cancellation)
    {
        var answer = new AnswerText(sink, agent.MaxAnswerCharacters);
        return new TurnGuard(agent.Id, time, log).RunAsync(turn, answer, token => RunAsync(turn, sink, answer, token), cancellation);
    }

    private async Task<AgentOutcome> RunAsync(AgentTurn turn, IAgentSink sink, AnswerText answer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var directory = agent.Program.Directory ?? agent.Program.Roots.FirstOrDefault() ?? ChildEnvironment.Home;
        var handed = Handed(turn);
        using var loan = Lend(turn);
        var hidden = new HandedValues(loan is null ? handed.Values : handed.Values.Append(loan.Credential.Reveal()));
        using var program = AcpProgram.Start(Start(directory, handed), hidden, time);
        try
        {
            var outcome = await program.SpeakAsync(new AcpSession(agent, turn, sink, answer, time) { ToolServers = loan is null ? [] : tools!.For(loan), Hidden = hidden }, directory, Patience, cancellation);
            AgentLog.Answered(log, agent.Id, turn.Run, outcome is AgentOutcome.Completed completed ? completed.StopReason : "cancelled", 1, answer.Length);
            return outcome;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is IOException or InvalidDataException or RpcException)
        {
            await program.EndAsync();
            throw new AgentFailure(RefusalCode.AgentFailed, $"The agent {agent.Id} ({agent.Program.Command[0]}) {Words(e, program.ExitCode, hidden)}.{program.LastWords}");
        }
        finally
        {
            await program.EndAsync();
            if (program.Errors is { Length: > 0 } errors)
            {
                AgentLog.Wrote(log, agent.Id, turn.Run, errors);
            }
        }
    }

    /// <summary>What of the turn's tools the agent is offered; null: nothing, and the log says why.</summary>
    private ToolLoan? Lend(AgentTurn turn)
    {
        ImmutableArray<AgentTool> offered = [.. turn.Tools.All.Where(tool => agent.Tools.Contains(tool.Name))];
        if (offered.IsEmpty || tools is null)
        {
            return null;
        }

        var loan = tools.Lend(turn, offered, out var problem);
        if (loan is null)
        {
            AgentLog.NotLent(log, agent.Id, turn.Run, problem);
            return null;
        }

        AgentLog.Lent(log, agent.Id, turn.Run, offered.Length, loan.Run);
        return loan;
    }

    private Func<ProcessGroup> Start(string directory, Dictionary<string, string> handed)
    {
        if (!Directory.Exists(directory))
        {
            throw NotStarted($"there is no directory {directory}");
        }

        var program = ProgramSearch.Find(agent.Program.Command[0], directory, ChildEnvironment.SearchPath) ?? throw NotStarted("there is no such program that may be executed");
        return () =>
        {
            try
            {
                return ProcessGroup.Start(program, agent.Program.Command.Skip(1), ChildEnvironment.With(handed), directory, withInput: true);
            }
            catch (Win32Exception e)
            {
                throw NotStarted(e.Message);
            }
        };
    }

    /// <summary>What of the daemon's environment the configuration hands on; and for a run, how it finds its gateway.</summary>
    private Dictionary<string, string> Handed(AgentTurn turn) => agent.Program.Environment
        .Select(name => (Name: name, Value: environment(name))).Where(variable => variable.Value is not null)
        .Concat(turn.Grant is { Run: { } run, Credential: { } credential } ? ChildVariables.Of(run, gateway, credential).Select(variable => (Name: variable.Key, Value: (string?)variable.Value)) : [])
        .ToDictionary(variable => variable.Name, variable => variable.Value!, StringComparer.Ordinal);

    private static string Words(Exception e, int? exitCode, HandedValues hidden) => e switch
    {
        RpcException { Code: Rpc.AuthenticationRequired } => "wants to be logged in first; run it once by hand and follow what it says",
        RpcException refused => string.Create(CultureInfo.InvariantCulture, $"answered with error {refused.Code}: {SeenText.Of(hidden.Bare(refused.Message)).TrimEnd('.')}"),
        InvalidDataException => $"was stopped: {e.Message.TrimEnd('.')}",
        _ when exitCode is { } code => string.Create(CultureInfo.InvariantCulture, $"ended before it had answered, with exit code {code}"),
        _ => "closed its output before it had answered",
    };

    private AgentFailure NotStarted(string why) => new(RefusalCode.AgentUnavailable, $"The agent {agent.Id} could not be started: {agent.Program.Command[0]}: {why.TrimEnd('.')}.");
}

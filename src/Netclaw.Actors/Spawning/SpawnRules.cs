using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>Whether a run may be asked for in this form, by this caller. Fails closed. Pure.</summary>
internal static class SpawnRules
{
    /// <param name="run">Names it.</param>
    /// <param name="child">For the conversation of a turn.</param>
    /// <param name="agents">Those that are configured; the first is asked when none is named.</param>
    public static (RunPlan? Plan, CallError? Refusal) Plan(RunsSpawnParams wanted, Principal caller, SpawnLimits options, RunId run, Guid child, ImmutableArray<AgentDescription> agents)
    {
        if (Problem(wanted, options) is { } problem)
        {
            return (null, MethodParams.Error(RunsSpawnParams.Method, problem));
        }

        if (wanted.Runtime == RunsSpawnParams.Command && !caller.Scopes.Covers(Scope.Admin))
        {
            return (null, CallGate.MissingScope($"{RunsSpawnParams.Method} with runtime {RunsSpawnParams.Command}", Scope.Admin));
        }

        if (wanted.Runtime != RunsSpawnParams.Command && NobodyFor(wanted, agents) is { } nobody)
        {
            return (null, nobody);
        }

        var held = caller.Scopes.Expanded;
        var scopes = wanted.Scopes ?? new ScopeSet(ScopeSet.ReadWrite.Flags & held.Flags);
        if (new ScopeSet(scopes.Flags & ~held.Flags) is { IsEmpty: false } excess)
        {
            return (null, CallGate.MissingScope($"{RunsSpawnParams.Method} for a run with {excess}", excess.Flags));
        }

        ConversationKey? announce = ConversationKey.TryParse(wanted.ParentSessionKey, out var key) ? key : null;
        RunWork work = wanted.Runtime == RunsSpawnParams.Command
            ? new RunWork.Program(wanted.Argv!.Value, wanted.Cwd)
            : new RunWork.Turn(wanted.AgentId, wanted.Task!, ConversationKey.SubagentOf(wanted.AgentId ?? agents[0].Id, child), wanted.Runtime == RunsSpawnParams.Acp);
        var timeout = wanted.RunTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Timeout;
        return (new RunPlan(
            run, work, wanted.Label, announce, caller.Run, Depth: 0, (long)timeout.TotalMilliseconds, wanted.Cleanup != RunsSpawnParams.Delete, scopes, caller.Subject), null);
    }

    /// <summary>Whether an agent of the kind that is asked for can be asked at all; null: one can.</summary>
    private static CallError? NobodyFor(RunsSpawnParams wanted, ImmutableArray<AgentDescription> agents)
    {
        var (agent, problem) = CatalogueDecider.Choose(wanted.AgentId, default, agents);
        return agent is null ? RefusalTable.Error(RefusalCode.NoAgent, problem)
            : wanted.Runtime == RunsSpawnParams.Acp && agents.First(each => each.Id == agent).Runtime is not RunsSpawnParams.Acp and var runtime ? MethodParams.Error(
                RunsSpawnParams.Method, $"at $.agentId: runtime acp takes an agent that is a program, and {agent} is none ({runtime}); {Programs(agents)}")
            : null;
    }

    private static string Programs(ImmutableArray<AgentDescription> agents) =>
        string.Join(", ", agents.Where(agent => agent.Runtime == RunsSpawnParams.Acp).Select(agent => agent.Id)) is { Length: > 0 } those ? $"those that are: {those}" : "netclaw.json names none";

    private static string? Problem(RunsSpawnParams wanted, SpawnLimits options) => wanted switch
    {
        { Runtime: not (RunsSpawnParams.Subagent or RunsSpawnParams.Acp or RunsSpawnParams.Command) } => "at $.runtime: subagent, acp or command",
        { Runtime: RunsSpawnParams.Command, Argv: null or { IsDefaultOrEmpty: true } } => "at $.argv: the program and its arguments",
        { Runtime: RunsSpawnParams.Command, Argv: { } argv } when argv.Length > RunsSpawnParams.MostArguments || argv.Sum(each => each.Length) > RunsSpawnParams.MostArgumentCharacters =>
            $"at $.argv: at most {RunsSpawnParams.MostArguments} arguments and {RunsSpawnParams.MostArgumentCharacters} characters",
        { Runtime: RunsSpawnParams.Command, Argv: { } argv } when argv[0].Length == 0 || argv.Any(each => each.Contains('\0')) => "at $.argv: a program, and no character 0",
        { Runtime: RunsSpawnParams.Command, Task: not null } => "at $.task: a command has argv",
        { Runtime: not RunsSpawnParams.Command, Task: null or "" } => "at $.task: what the agent is to do",
        { Runtime: not RunsSpawnParams.Command, Argv: not null } => "at $.argv: an agent has a task",
        { Runtime: not RunsSpawnParams.Command, Cwd: not null } => "at $.cwd: an agent's directory is a setting of the agent",
        { Task.Length: > RunsSpawnParams.LongestTask } => $"at $.task: at most {RunsSpawnParams.LongestTask} characters",
        { AgentId: { } agent } when !ConversationKey.TryParse($"agent:{agent}:main", out _) => "at $.agentId: lower case letters, digits, - and _",
        { Label.Length: > RunsSpawnParams.LongestLabel } => $"at $.label: at most {RunsSpawnParams.LongestLabel} characters",
        { Label: { } label } when label.Any(char.IsControl) => "at $.label: one line",
        { Cwd: { } cwd } when !Path.IsPathRooted(cwd) || cwd.Contains('\0') => "at $.cwd: an absolute path",
        { RunTimeoutSeconds: { } seconds } when seconds < 1 || seconds > options.LongestTimeout.TotalSeconds => $"at $.runTimeoutSeconds: 1 to {options.LongestTimeout.TotalSeconds:0}",
        { Cleanup: not (null or RunsSpawnParams.Delete or RunsSpawnParams.Keep) } => "at $.cleanup: delete or keep",
        { ParentSessionKey: { } key } when !ConversationKey.TryParse(key, out _) => "at $.parentSessionKey: the key of a conversation, such as agent:main:main",
        _ => null,
    };
}

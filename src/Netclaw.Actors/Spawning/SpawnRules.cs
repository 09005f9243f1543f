using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>Whether a run may be asked for in this form, by this caller. Fails closed. Pure.</summary>
internal static class SpawnRules
{
    /// <param name="run">Names it.</param>
    /// <param name="child">For the conversation of a turn.</param>
    /// <param name="defaultAgent">Whose conversation it becomes when no agent is named.</param>
    public static (RunPlan? Plan, CallError? Refusal) Plan(RunsSpawnParams wanted, Principal caller, SpawnLimits options, RunId run, Guid child, string defaultAgent)
    {
        if (Problem(wanted, options) is { } problem)
        {
            return (null, MethodParams.Error(RunsSpawnParams.Method, problem));
        }

        if (wanted.Runtime == RunsSpawnParams.Command && !caller.Scopes.Covers(Scope.Admin))
        {
            return (null, CallGate.MissingScope($"{RunsSpawnParams.Method} with runtime {RunsSpawnParams.Command}", Scope.Admin));
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
            : new RunWork.Turn(wanted.AgentId, wanted.Task!, ConversationKey.SubagentOf(wanted.AgentId ?? defaultAgent, child), wanted.Runtime == RunsSpawnParams.Acp);
        var timeout = wanted.RunTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Timeout;
        return (new RunPlan(
            run, work, wanted.Label, announce, caller.Run, Depth: 0, (long)timeout.TotalMilliseconds, wanted.Cleanup != RunsSpawnParams.Delete, scopes, caller.Subject), null);
    }

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

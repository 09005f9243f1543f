using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Spawning;

public sealed class SpawnRulesTests
{
    private static readonly ImmutableArray<AgentDescription> Agents = [new("main", "Main", "openai", "parrot"), new("coder", "Coder", "acp", null)];

    [Theory]
    [InlineData(RunsSpawnParams.Subagent, null, "main", false)]
    [InlineData(RunsSpawnParams.Subagent, "main", "main", false)]
    [InlineData(RunsSpawnParams.Subagent, "coder", "coder", false)]
    [InlineData(RunsSpawnParams.Acp, "coder", "coder", true)]
    public void Takes_AnAgentOfTheKind_ThatTheRuntimeIsFor(string runtime, string? agent, string asked, bool external)
    {
        var (plan, refusal) = Plan(runtime, agent);

        Assert.Null(refusal);
        var turn = Assert.IsType<RunWork.Turn>(plan!.Work);
        Assert.Equal((asked, external), (turn.Child.Agent, turn.External));
    }

    [Theory]
    [InlineData("main", "runtime acp takes an agent that is a program, and main is none (openai); those that are: coder")]
    [InlineData(null, "runtime acp takes an agent that is a program, and main is none (openai); those that are: coder")]
    public void RefusesAcp_WithAModel_AndNamesThePrograms(string? agent, string said)
    {
        var (_, refusal) = Plan(RunsSpawnParams.Acp, agent);

        Assert.Contains("at $.agentId: " + said, refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAcp_WhereNoAgentIsAProgram() =>
        Assert.Contains("netclaw.json names none", Plan(RunsSpawnParams.Acp, "main", [Agents[0]]).Refusal!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(RunsSpawnParams.Subagent)]
    [InlineData(RunsSpawnParams.Acp)]
    public void RefusesAnAgent_ThatNobodyConfigured(string runtime)
    {
        Assert.Equal("netclaw.json names no agent bob; it names main, coder", Refused(Plan(runtime, "bob").Refusal));
        Assert.Contains("Add these two lines to netclaw.json", Refused(Plan(runtime, null, []).Refusal), StringComparison.Ordinal);

        static string Refused(CallError? refusal)
        {
            Assert.Equal("no_agent", refusal!.Code);
            return refusal.Message;
        }
    }

    [Fact]
    public void AProgram_NeedsNoAgent() => Assert.Null(SpawnRules.Plan(
        new RunsSpawnParams(RunsSpawnParams.Command) { Argv = ["true"] }, Caller(new ScopeSet(Scope.Admin)), new SpawnLimits(), RunId.New(), Guid.Empty, []).Refusal);

    private static (RunPlan? Plan, CallError? Refusal) Plan(string runtime, string? agent, ImmutableArray<AgentDescription>? agents = null) => SpawnRules.Plan(
        new RunsSpawnParams(runtime) { Task = "count", AgentId = agent }, Caller(ScopeSet.ReadWrite), new SpawnLimits(), RunId.New(), Guid.Empty, agents ?? Agents);

    private static Principal Caller(ScopeSet scopes) => new(AuthMethod.Token, Role.Operator, scopes, Device: null, "anna");
}

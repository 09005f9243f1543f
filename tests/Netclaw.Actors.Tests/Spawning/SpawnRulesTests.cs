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

    [Theory]
    [InlineData("{read}", "{read,write}", "operator.write")]
    [InlineData("{read,write}", "{read,admin}", "operator.admin")]
    public void RefusesMoreScopes_ThanTheCallerHolds(string held, string wanted, string missing)
    {
        var asked = new RunsSpawnParams(RunsSpawnParams.Subagent) { Task = "count", Scopes = Scopes(wanted) };

        var (plan, refusal) = SpawnRules.Plan(asked, Caller(Scopes(held)), new SpawnLimits(), RunId.New(), Guid.Empty, Agents);

        Assert.Null(plan);
        Assert.Equal("missing_scope", refusal!.Code);
        Assert.Contains(missing, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{read}", null, "{read}")]
    [InlineData("{admin}", null, "{read,write}")]
    [InlineData("{read,write}", "{read}", "{read}")]
    [InlineData("{admin}", "{admin}", "{admin}")]
    public void GivesReadAndWrite_OrWhatIsAsked_OfWhatTheCallerHolds(string held, string? wanted, string given)
    {
        var asked = new RunsSpawnParams(RunsSpawnParams.Subagent) { Task = "count", Scopes = wanted is null ? null : Scopes(wanted) };

        Assert.Equal(Scopes(given).Flags, SpawnRules.Plan(asked, Caller(Scopes(held)), new SpawnLimits(), RunId.New(), Guid.Empty, Agents).Plan!.Scopes.Flags);
    }

    public static TheoryData<string, RunsSpawnParams> Wrong()
    {
        var (command, turn) = (new RunsSpawnParams(RunsSpawnParams.Command) { Argv = ["true"] }, new RunsSpawnParams(RunsSpawnParams.Subagent) { Task = "count" });
        return new TheoryData<string, RunsSpawnParams>
        {
            { "$.runtime: subagent, acp or command", new RunsSpawnParams("shell") { Task = "count" } },
            { "$.argv: the program", command with { Argv = null } },
            { "$.argv: the program", command with { Argv = [] } },
            { "$.argv: at most", command with { Argv = [.. Enumerable.Repeat("a", RunsSpawnParams.MostArguments + 1)] } },
            { "$.argv: at most", command with { Argv = [new string('a', RunsSpawnParams.MostArgumentCharacters + 1)] } },
            { "$.argv: a program, and no character 0", command with { Argv = [""] } },
            { "$.argv: a program, and no character 0", command with { Argv = ["echo", "a\0b"] } },
            { "$.task: a command has argv", command with { Task = "count" } },
            { "$.task: what the agent is to do", turn with { Task = null } },
            { "$.task: what the agent is to do", turn with { Task = "" } },
            { "$.argv: an agent has a task", turn with { Argv = ["true"] } },
            { "$.cwd: an agent's directory", turn with { Cwd = "/tmp" } },
            { "$.task: at most", turn with { Task = new string('a', RunsSpawnParams.LongestTask + 1) } },
            { "$.agentId: lower case", turn with { AgentId = "Bob Smith" } },
            { "$.label: at most", command with { Label = new string('a', RunsSpawnParams.LongestLabel + 1) } },
            { "$.label: one line", command with { Label = "a\nb" } },
            { "$.cwd: an absolute path", command with { Cwd = "work" } },
            { "$.cwd: an absolute path", command with { Cwd = "/work\0" } },
            { "$.runTimeoutSeconds: 1 to 86400", command with { RunTimeoutSeconds = 0 } },
            { "$.runTimeoutSeconds: 1 to 86400", command with { RunTimeoutSeconds = 86_401 } },
            { "$.cleanup: delete or keep", command with { Cleanup = "burn" } },
            { "$.parentSessionKey: the key of a conversation", command with { ParentSessionKey = "somewhere else" } },
        };
    }

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void RefusesWhatIsOfNoGoodForm_AndNamesTheField(string said, RunsSpawnParams wanted)
    {
        var (plan, refusal) = SpawnRules.Plan(wanted, Caller(new ScopeSet(Scope.Admin)), new SpawnLimits(), RunId.New(), Guid.Empty, Agents);

        Assert.Null(plan);
        Assert.Equal("invalid_request", refusal!.Code);
        Assert.Contains("at " + said, refusal.Message, StringComparison.Ordinal);
    }

    private static ScopeSet Scopes(string names) => new(names.Trim('{', '}').Split(',').Aggregate(Scope.None, (all, name) => all | Enum.Parse<Scope>(name, ignoreCase: true)));

    private static (RunPlan? Plan, CallError? Refusal) Plan(string runtime, string? agent, ImmutableArray<AgentDescription>? agents = null) => SpawnRules.Plan(
        new RunsSpawnParams(runtime) { Task = "count", AgentId = agent }, Caller(ScopeSet.ReadWrite), new SpawnLimits(), RunId.New(), Guid.Empty, agents ?? Agents);

    private static Principal Caller(ScopeSet scopes) => new(AuthMethod.Token, Role.Operator, scopes, Device: null, "anna");
}

using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Daemon.Agents.OpenAi;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Configuration;

namespace Netclaw.Daemon.Tests.Agents;

public sealed class AgentsOptionsTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void ReadsBothRuntimes_InTheOrderOfTheFile()
    {
        var agents = Load("""
            { "agents": {
                "zoe": { "runtime": "openai", "baseUrl": "http://127.0.0.1:11434/v1", "model": "llama3.2", "keyFile": "keys/zoe", "tools": ["nodes_list"], "approve": "never", "maxToolRounds": 3 },
                "bob": { "runtime": "acp", "name": "Bob", "command": ["/usr/bin/bob", "--acp"], "cwd": "/srv", "roots": ["/srv"], "mayWrite": true, "environment": ["BOB_KEY"] } } }
            """).All;

        Assert.Equal(["zoe", "bob"], agents.Select(agent => agent.Id));
        Assert.Equal((AgentKind.OpenAi, "llama3.2", "keys/zoe", ApprovalRule.Never, 3), (agents[0].Runtime, agents[0].Model.Name, agents[0].Model.KeyFile, agents[0].Approve, agents[0].MaxToolRounds));
        Assert.Equal<string>([ToolNames.NodesList], agents[0].Tools);
        Assert.Equal((AgentKind.Acp, "Bob", "/srv", true), (agents[1].Runtime, agents[1].Name, agents[1].Program.Directory, agents[1].Program.MayWrite));
        Assert.Equal<string>(["/usr/bin/bob", "--acp"], agents[1].Program.Command);
        Assert.Equal<string>(ToolNames.All, agents[1].Tools);
    }

    [Theory]
    [InlineData("""{"main":{}}""", "agents.main.runtime", null, "Write \"openai\" with baseUrl and model, or \"acp\" with command.")]
    [InlineData("""{"main":{"runtime":"openai","model":"m"}}""", "agents.main.baseUrl", null, "http://127.0.0.1:11434/v1")]
    [InlineData("""{"main":{"runtime":"openai","baseUrl":"http://h/v1"}}""", "agents.main.model", null, "as the provider spells it")]
    [InlineData("""{"main":{"runtime":"acp"}}""", "agents.main.command", null, "as a list")]
    [InlineData("""{"main":{"runtime":"acp","command":["x"],"model":"m"}}""", "agents.main.model", null, "does nothing with runtime \"acp\"")]
    [InlineData("""{"main":{"runtime":"openai","baseUrl":"http://h/v1","model":"m","command":["x"]}}""", "agents.main.command", null, "does nothing with runtime \"openai\"")]
    [InlineData("""{"main":{"runtime":"acp","command":["x"],"mayWrite":true}}""", "agents.main.mayWrite", "true", "no roots")]
    [InlineData("""{"main":{"runtime":"acp","command":["x"],"roots":["src"]}}""", "agents.main.roots[0]", "src", "Write it from / on")]
    [InlineData("""{"main":{"runtime":"acp","command":["x"],"environment":["A=1"]}}""", "agents.main.environment[0]", "A=1", "without a value")]
    [InlineData("""{"main":{"runtime":"openai","baseUrl":"http://h/v1","model":"m","keyFile":"k","keyEnvironment":"K"}}""", "agents.main.keyEnvironment", "K", "Keep one of them.")]
    [InlineData("""{"main":{"runtime":"openai","baseUrl":"http://u:p@h/v1","model":"m"}}""", "agents.main.baseUrl", "http://u:p@h/v1", "not an http or https url")]
    [InlineData("""{"main":{"runtime":"openai","baseUrl":"http://h/v1","model":"m","apiKey":"sk-1"}}""", "agents.main.apiKey", "***", "keyFile")]
    [InlineData("""{"main":{"runtime":"openai","baseUrl":"http://h/v1","model":"m","apikey":"sk-1"}}""", "agents.main.apikey", "***", "There is no such key.")]
    [InlineData("""{"Main Street":{"runtime":"acp","command":["x"]}}""", "agents", "Main Street", "lower case letters")]
    [InlineData("""{"main":{"runtime":"gpt"}}""", "agents.main.runtime", "gpt", "Write one of: acp, openai.")]
    [InlineData("""{"main":{"runtime":"acp","command":["x"],"tools":["shell"]}}""", "agents.main.tools[0]", "shell", "There is no such tool.")]
    [InlineData("""{"main":{"runtime":"acp","command":["x"],"maxToolRounds":100}}""", "agents.main.maxToolRounds", "100", "Write 0 to 64 rounds.")]
    [InlineData("""{"main":[]}""", "agents.main", "[]", "This must be an object.")]
    public void SaysWhatIsWrong_WhereItStands_AndWhatToWrite(string agents, string key, string? value, string remedy)
    {
        var problems = Problems($$"""{"agents":{{agents}}}""");

        Assert.Contains(problems, problem => problem.Key == key && problem.Value == value && $"{problem.Wrong} {problem.Remedy}".Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void ProblemsOfEveryAgent_AreTold_Together() => Assert.Equal(
        ["agents.a.runtime", "agents.b.baseUrl", "agents.b.model", "agents.c.command"],
        Problems("""{"agents":{"a":{},"b":{"runtime":"openai"},"c":{"runtime":"acp"}}}""").Select(problem => problem.Key));

    [Fact]
    public void Start_NeedsTheKeysThatAreNamed()
    {
        var problems = new StartProblems();
        ProviderKey.Check(_temporary.Home, Load("""
            {"agents":{"a":{"runtime":"openai","baseUrl":"http://h/v1","model":"m","keyFile":"keys/nonesuch"},"b":{"runtime":"openai","baseUrl":"http://h/v1","model":"m","keyEnvironment":"NO_KEY"}}}
            """), _ => null, problems);

        Assert.Equal(["agents.a.keyFile", "agents.b.keyEnvironment"], problems.Found.Select(problem => problem.Key));
        Assert.All(problems.Found, problem => Assert.Contains("Put the provider's key there", problem.Message, StringComparison.Ordinal));
    }

    private AgentsOptions Load(string json)
    {
        var config = Read(json);
        Assert.Empty(config.Problems);
        return config.Options.Agents;
    }

    private List<ConfigProblem> Problems(string json) => [.. Read(json).Problems];

    private LoadedConfig Read(string json)
    {
        _temporary.WriteConfig(json);
        return ConfigFile.Read(_temporary.Home.ConfigFile, null, new FixedMachine().Facts);
    }
}

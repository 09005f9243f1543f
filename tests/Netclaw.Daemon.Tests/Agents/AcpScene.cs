using System.Collections.Immutable;
using System.Diagnostics;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Agents.Acp;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>An agent with runtime <c>acp</c> that is a shell script: real processes, real pipes. The gateway's requests are numbered 1, 2, 3.</summary>
internal sealed class AcpScene : IDisposable
{
    public const string Hello = """read -r one; printf '%s\n' "$one" >> asked; echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":1,"agentCapabilities":{}}}'""";
    public const string Remembers = """read -r one; printf '%s\n' "$one" >> asked; echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":1,"agentCapabilities":{"loadSession":true}}}'""";
    public const string Opens = """read -r two; printf '%s\n' "$two" >> asked; echo '{"jsonrpc":"2.0","id":2,"result":{"sessionId":"s-1"}}'; read -r three; printf '%s\n' "$three" >> asked""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("nc-acp-").FullName;

    public string Place => _directory;

    public HeardSink Sink { get; } = new();

    public ScriptedTools Tools { get; } = new();

    public KeptLog Log { get; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    public SpawnCredentials Credentials { get; } = new(TimeProvider.System, new LiveSessions());

    /// <summary>How long an agent that asks may leave the answers unread.</summary>
    public TimeSpan ReadPatience { get; set; } = AcpOutbox.Patience;

    /// <summary>The program that agents are told to start for the gateway's tools; null: none is there.</summary>
    public string? ToolProgram { get; set; }

    /// <summary>What the agent was asked, a line each.</summary>
    public string[] Asked => File.ReadAllLines(Path.Combine(_directory, "asked"));

    public static string Ends(string reason = "end_turn") => $$$"""echo '{"jsonrpc":"2.0","id":3,"result":{"stopReason":"{{{reason}}}"}}'; cat > /dev/null""";

    public static string Says(string text) => Updates($$$"""{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"{{{text}}}"}}""");

    public static string Updates(string update) => $$$"""echo '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s-1","update":{{{update}}}}}'""";

    /// <summary>Asks the gateway, and keeps its answer in the file <c>answers</c>.</summary>
    public static string Requests(string method, string parameters) =>
        $$$"""echo '{"jsonrpc":"2.0","id":"q","method":"{{{method}}}","params":{{{parameters}}}}'; read -r answer; printf '%s\n' "$answer" >> answers""";

    public string[] Answers => File.ReadAllLines(Path.Combine(_directory, "answers"));

    public string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public AgentOptions Agent(string[] script, ProgramOptions? more = null, ApprovalRule approve = ApprovalRule.Commands, int characters = 400_000) => new()
    {
        Id = "bob", Runtime = AgentKind.Acp, Approve = approve, MaxAnswerCharacters = characters,
        Program = new ProgramOptions
        {
            Command = ["/bin/sh", Write("agent.sh", string.Join('\n', script))], Directory = _directory,
            Roots = more?.Roots ?? [], MayWrite = more?.MayWrite ?? false, Environment = more?.Environment ?? [],
        },
    };

    public AgentTurn Turn(string prompt = "hello", TimeSpan? timeout = null, params ImmutableArray<Said> history) => new(
        "bob", ConversationKey.MainOf("bob"), "run-1", history, prompt, timeout ?? TimeSpan.FromSeconds(20), new AgentGrant("test", ScopeSet.ReadWrite, null, 0), Tools);

    public Task<AgentOutcome> RunAsync(params string[] script) => RunAsync(Agent(script));

    public Task<AgentOutcome> RunAsync(AgentOptions agent, AgentTurn? turn = null, CancellationToken cancellation = default) =>
        new AcpRuntime(agent, "unix:/home/run/control.sock", new Children(new ChildMark("of-a-test")), new ToolServer(new ToolLoans(Credentials), ToolProgram, "unix:/home/run/control.sock"), Variables.GetValueOrDefault, TimeProvider.System, Log)
        {
            Patience = ReadPatience,
        }.RunAsync(turn ?? Turn(), Sink, cancellation).WaitAsync(Patience, CancellationToken.None);

    /// <summary>Whether the process whose number a script has written into <paramref name="file"/> is still there.</summary>
    public bool Lives(string file)
    {
        var pid = File.ReadAllText(Path.Combine(_directory, file)).Trim();
        return File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

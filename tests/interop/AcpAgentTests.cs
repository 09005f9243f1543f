using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.Interop.Tests;

/// <summary>An agent on the reference library of the Agent Client Protocol, asked through the real programs.</summary>
public sealed class AcpAgentTests
{
    [WithAgentFact]
    public async Task Agent_Answers_IsTheSameConversation_ReadsInsideItsRoots_AndIsRefusedTheRest()
    {
        await using var host = new Machine();
        var notes = Path.Combine(Directory.CreateDirectory(Path.Combine(host.Root, "notes")).FullName, "cake.md");
        await File.WriteAllTextAsync(notes, "three eggs");
        Configure(host, Path.GetDirectoryName(notes)!);
        await host.UpAsync();

        Assert.Equal("You said: hello", await AskAsync(host, "hello"));
        Assert.Equal("[2 before] three eggs", await AskAsync(host, $"read {notes}"));
        Assert.Contains("refused: -32602", await AskAsync(host, $"read {host.Home.ConfigFile}"), StringComparison.Ordinal);
        Assert.Contains("refused: -32601", await AskAsync(host, "terminal"), StringComparison.Ordinal);

        await using var asking = host.Start(null, "chat", "-p", "ask may I?");
        await host.JsonAsync("approvals", "deny", (await QuestionAsync(host)).GetProperty("id").GetString()!);
        Assert.EndsWith("no", (await asking.FinishAsync()).Expect(ExitCodes.Ok).Out.Trim(), StringComparison.Ordinal);
    }

    [WithAgentFact]
    public async Task Agent_StartsTheServerOfTools_AndCallsThem_BehindScopeAndApproval()
    {
        await using var host = new Machine();
        Configure(host, host.Root);
        await host.UpAsync();

        Assert.Equal("sessions_spawn sessions_list sessions_history sessions_send subagents cron nodes_list node_invoke", await AskAsync(host, "tools"));
        Assert.Contains("\"key\":\"agent:main:main\"", await AskAsync(host, "use sessions_list"), StringComparison.Ordinal);
        await using var asking = host.Start(null, "chat", "-p", """use sessions_spawn {"runtime":"command","argv":["/bin/true"]}""");
        var question = await QuestionAsync(host);
        Assert.Equal("run [\"/bin/true\"]", question.GetProperty("request").GetProperty("command").GetString());
        await host.JsonAsync("approvals", "deny", question.GetProperty("id").GetString()!);
        Assert.Contains("no: not approved", (await asking.FinishAsync()).Expect(ExitCodes.Ok).Out, StringComparison.Ordinal);
        Assert.Empty((await host.JsonAsync("runs", "list")).GetProperty("runs").EnumerateArray());
    }

    [WithAgentFact]
    public async Task Agent_ThatIsCancelled_IsGone()
    {
        await using var host = new Machine();
        Configure(host, host.Root);
        await host.UpAsync();

        await using var chat = host.Start(null, "chat", "-p", "wait");
        await Eventually.TrueAsync(() => Task.FromResult(Processes(host) == 1), "the agent runs");
        (await host.RunAsync("sessions", "cancel", "main")).Expect(ExitCodes.Ok);

        Assert.Equal(ExitCodes.Cancelled, (await chat.FinishAsync()).ExitCode);
        Assert.Equal(0, Processes(host));
    }

    private static void Configure(Machine host, string root) => File.WriteAllText(host.Home.ConfigFile, JsonSerializer.Serialize(new
    {
        agents = new { main = new { runtime = "acp", command = (string[])[Clients.Node, Path.Combine(AppContext.BaseDirectory, "clients", "acp-agent.mjs"), Clients.Agent, host.Root], roots = (string[])[root] } },
    }));

    private static async Task<JsonElement> QuestionAsync(Machine host)
    {
        JsonElement question = default;
        await Eventually.TrueAsync(async () => (question = (await host.JsonAsync("approvals", "list")).GetProperty("pending").EnumerateArray().FirstOrDefault()).ValueKind == JsonValueKind.Object, "the question");
        return question;
    }

    private static async Task<string> AskAsync(Machine host, string prompt) => (await host.RunAsync("chat", "-p", prompt)).Expect(ExitCodes.Ok).Out.Trim();

    /// <summary>Agents of this host; the last argument says whose they are.</summary>
    private static int Processes(Machine host) => Directory.EnumerateDirectories("/proc").Count(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).EndsWith($"{Clients.Agent}\0{host.Root}\0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}

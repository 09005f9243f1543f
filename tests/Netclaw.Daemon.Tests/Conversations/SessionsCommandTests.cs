using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary><c>netclaw sessions</c> and <c>netclaw chat</c> against a daemon.</summary>
public sealed class SessionsCommandTests : IAsyncLifetime
{
    private readonly ScriptedAgents _agents = new("main") { AtOnce = turn => new AgentOutcome.Completed($"You said: {turn.Prompt}", "stop", null) };
    private GatewayHost _host = null!;
    private Person _person = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync(overrides: services => services.AddSingleton<IAgents>(_agents));
        _person = new Person(_host.Home);
    }

    public async Task DisposeAsync()
    {
        _person.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Chat_PrintsTheAnswer_AndTheExitCodeSaysHowItEnded()
    {
        var said = (await _person.RunAsync("chat", "-p", "hello")).Expect().Json;
        Assert.Equal(("final", "You said: hello", "agent:main:main"), (said.GetProperty("state").GetString(), said.GetProperty("text").GetString(), said.GetProperty("sessionKey").GetString()));
        Assert.Equal("You said: from a pipe", (await _person.TypeAsync("from a pipe\n", "chat", "--session", "other")).Expect().Json.GetProperty("text").GetString());

        _agents.AtOnce = _ => new AgentOutcome.Failed(RefusalCode.AgentFailed, "the endpoint answers 500", "");
        var failed = await _person.RunAsync("chat", "-p", "hello");
        Assert.Equal((ExitCodes.Failed, "agent_failed"), (failed.ExitCode, failed.Failure.Code));
        Assert.Contains("the endpoint answers 500", failed.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_InATerminal_AnswersOneQuestionAfterTheOther()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        _agents.AtOnce = turn => turn.Prompt == "break" ? new AgentOutcome.Failed(RefusalCode.AgentFailed, "it broke", "") : new AgentOutcome.Completed($"{turn.History.Length}: \e[31m{turn.Prompt}", "stop", null);
        var terminal = new Terminal { Out = output, Error = error, In = new StringReader("hello\n\nbreak\nagain\n"), InputIsTerminal = true, ErrorIsTerminal = true };
        var host = new CliHost(name => name == "NETCLAW_HOME" ? _host.Home.Root : null, terminal, TimeProvider.System, "/nowhere");

        Assert.Equal(ExitCodes.Ok, await CommandLine.RunAsync(["chat"], host).WaitAsync(GatewayHost.Bound));

        Assert.Equal("0: \uFFFD[31mhello\n4: \uFFFD[31magain\n", output.ToString());
        Assert.Contains("it broke", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlC_StopsTheAnswer_AndTheExitCodeSaysSo()
    {
        _agents.AtOnce = null;
        using var person = new Person { Variables = { ["NETCLAW_GATEWAY_TOKEN"] = (await File.ReadAllTextAsync(_host.Home.GatewayTokenFile)).Trim() } };
        using var process = person.Start("chat", "-p", "hello", "--url", $"http://{_host.Address}");
        var turn = await _agents.NextAsync();
        turn.Sink.Delta("Half an ans");

        await InterruptAsync(process);
        await turn.StoppingAsync();
        turn.End(new AgentOutcome.Cancelled("Half an ans"));

        var said = JsonElement.Parse(await process.StandardOutput.ReadToEndAsync().WaitAsync(GatewayHost.Bound));
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        Assert.Equal((ExitCodes.Cancelled, "aborted", "Half an ans"), (process.ExitCode, said.GetProperty("state").GetString(), said.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task ASecondCtrlC_Leaves_WhateverTheAgentDoes()
    {
        _agents.AtOnce = null;
        using var person = new Person { Variables = { ["NETCLAW_GATEWAY_TOKEN"] = (await File.ReadAllTextAsync(_host.Home.GatewayTokenFile)).Trim() } };
        using var process = person.Start("chat", "-p", "hello", "--url", $"http://{_host.Address}");
        var turn = await _agents.NextAsync();

        await InterruptAsync(process);
        await turn.StoppingAsync();

        // As a person would: until it is gone.
        var gone = process.WaitForExitAsync();
        for (var tries = 0; !gone.IsCompleted && tries < 30; tries++)
        {
            await InterruptAsync(process);
            await Task.WhenAny(gone, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        Assert.True(gone.IsCompleted, "it stayed");
        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        turn.Answer("too late");
    }

    [Fact]
    public async Task Sessions_AreListed_Read_Renamed_AndDeleted()
    {
        (await _person.RunAsync("sessions", "send", "main", "hello")).Expect();
        (await _person.RunAsync("chat", "-p", "again")).Expect(); // behind the first turn
        (await _person.RunAsync("sessions", "rename", "main", "Kitchen")).Expect();

        var row = Assert.Single((await _person.RunAsync("sessions", "list", "--search", "kitch")).Expect().Json.GetProperty("sessions").EnumerateArray());
        Assert.Equal(("agent:main:main", "Kitchen", 4), (row.GetProperty("key").GetString(), row.GetProperty("label").GetString(), row.GetProperty("messageCount").GetInt32()));
        var history = (await _person.RunAsync("sessions", "history", "main", "--limit", "2")).Expect().Json;
        Assert.Equal([3, 4], history.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt32()));
        Assert.Equal("no-active-run", (await _person.RunAsync("sessions", "cancel", "main")).Expect().Json.GetProperty("status").GetString());
        Assert.Equal("usage_error", (await _person.RunAsync("sessions", "delete", "main")).Failure.Code);
        (await _person.RunAsync("sessions", "delete", "main", "--yes")).Expect();
        Assert.Equal("conversation_not_found", (await _person.RunAsync("sessions", "delete", "main", "--yes")).Failure.Code);
        Assert.Empty((await _person.RunAsync("sessions", "list")).Expect().Json.GetProperty("sessions").EnumerateArray());
    }

    [Fact]
    public async Task Cancel_EndsWhatRuns_AndSaysSo()
    {
        _agents.AtOnce = null;
        var chat = _person.RunAsync("chat", "-p", "hello");
        var turn = await _agents.NextAsync();
        var run = (await _person.RunAsync("sessions", "send", "main", "and?")).Expect().Json.GetProperty("runId").GetString()!;

        var waiting = (await _person.RunAsync("sessions", "cancel", "main", "--run", run)).Expect().Json;
        Assert.Equal(("aborted", 1, run), (waiting.GetProperty("status").GetString(), waiting.GetProperty("turns").GetInt32(), waiting.GetProperty("abortedRunId").GetString()));
        turn.Sink.Delta("Half an ans");
        var all = (await _person.RunAsync("sessions", "cancel", "main")).Expect().Json;
        Assert.Equal(("aborted", 1), (all.GetProperty("status").GetString(), all.GetProperty("turns").GetInt32()));
        await turn.StoppingAsync();
        turn.End(new AgentOutcome.Cancelled("Half an ans"));

        var said = await chat.WaitAsync(GatewayHost.Bound);
        Assert.Equal((ExitCodes.Cancelled, "aborted", "Half an ans"), (said.ExitCode, said.Json.GetProperty("state").GetString(), said.Json.GetProperty("text").GetString()));
        Assert.Equal(1, _agents.Started);
    }

    [Fact]
    public async Task Chat_WhoseConversationIsDeleted_ReturnsAndSaysSo()
    {
        _agents.AtOnce = null;
        var chat = _person.RunAsync("chat", "-p", "hello");
        var turn = await _agents.NextAsync();

        (await _person.RunAsync("sessions", "delete", "main", "--yes")).Expect();

        var said = await chat.WaitAsync(GatewayHost.Bound);
        Assert.Equal((ExitCodes.Cancelled, "cancelled"), (said.ExitCode, said.Failure.Code));
        Assert.Contains("agent:main:main was deleted while it was being given", said.Failure.Message, StringComparison.Ordinal);
        await turn.StoppingAsync();
    }

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("/bin/kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
    }

    [Fact]
    public async Task WithoutAnAgent_TheErrorNamesTheTwoLines()
    {
        _host = await _host.RestartAsync();

        var said = await _person.RunAsync("chat", "-p", "hello");

        Assert.Equal(("no_agent", "netclaw config check"), (said.Failure.Code, said.Failure.Remedy));
        Assert.Contains(CatalogueDecider.TwoLines.Replace("\n", " ", StringComparison.Ordinal), said.Failure.Message, StringComparison.Ordinal);
        Assert.Empty((await _person.RunAsync("sessions", "list")).Expect().Json.GetProperty("sessions").EnumerateArray());
    }
}

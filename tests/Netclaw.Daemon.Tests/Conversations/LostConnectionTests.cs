using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary><c>netclaw chat</c> whose connection breaks in the middle of an answer.</summary>
public sealed class LostConnectionTests : IAsyncLifetime
{
    private readonly ScriptedAgents _agents = new("main");
    private GatewayHost _host = null!;
    private CutWire _wire = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync(overrides: services => services.AddSingleton<IAgents>(_agents));
        _wire = new CutWire(_host.Address);
    }

    public async Task DisposeAsync()
    {
        await _wire.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task WhatWasMissed_IsCaughtUpOn_WithoutGapOrRepeat_HoweverOftenItBreaks()
    {
        using var screen = new HeardScreen();
        var chat = screen.RunAsync(_host, _wire, "chat", "-p", "Tell me a story.");
        var turn = await _agents.NextAsync();
        turn.Sink.Delta("Once ");
        await screen.ShowsAsync("Once ");
        _wire.Cut();
        turn.Sink.Delta("upon ");
        await screen.ShowsAsync("Once upon ");
        turn.Sink.Delta("a ");
        await screen.ShowsAsync("Once upon a ");
        _wire.Cut();
        turn.Sink.Delta("time ");
        await screen.ShowsAsync("Once upon a time ");
        turn.Sink.Delta("there was");
        turn.Answer("Once upon a time there was");

        Assert.Equal(ExitCodes.Ok, await chat.WaitAsync(GatewayHost.Bound));
        Assert.Equal("Once upon a time there was\n", screen.Shown);
        Assert.Equal((1, 3), (_agents.Started, _wire.Carried));
        Assert.Contains("The connection ended", screen.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerThatEndedMeanwhile_IsShownWhole()
    {
        using var screen = new HeardScreen();
        var chat = screen.RunAsync(_host, _wire, "chat", "-p", "Well?");
        var turn = await _agents.NextAsync();
        turn.Sink.Delta("Ye");
        await screen.ShowsAsync("Ye");
        _wire.Cut();
        turn.Answer("Yes.");

        Assert.Equal(ExitCodes.Ok, await chat.WaitAsync(GatewayHost.Bound));
        Assert.Equal(("Yes.\n", 1), (screen.Shown, _agents.Started));
    }

    [Theory]
    [InlineData(RefusalCode.AgentFailed, ExitCodes.Failed)]
    [InlineData(RefusalCode.AgentUnavailable, ExitCodes.TryAgain)]
    [InlineData(RefusalCode.AgentTimedOut, ExitCodes.TimedOut)]
    public async Task AnAnswerThatFailedMeanwhile_SaysWhy_WithItsOwnCode(RefusalCode code, int exitCode)
    {
        using var screen = new HeardScreen();
        var chat = screen.RunAsync(_host, _wire, "chat", "-p", "Well?");
        var turn = await _agents.NextAsync();
        _wire.Cut();
        turn.End(new AgentOutcome.Failed(code, "the endpoint answers 500", ""));

        Assert.Equal(exitCode, await chat.WaitAsync(GatewayHost.Bound));
        Assert.Contains(RefusalTable.NameOf(code), screen.Said, StringComparison.Ordinal);
        Assert.Contains("No answer came: the endpoint answers 500", screen.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sessions.delete", "main was deleted while there was no connection")]
    [InlineData("sessions.reset", "main was reset, or deleted and begun anew, while there was no connection")]
    public async Task AConversationThatWentMeanwhile_IsNotBegunAnew_AndThatIsSaid(string method, string said)
    {
        using var screen = new HeardScreen();
        await using var peer = await Peer.OperatorAsync(_host, native: true);
        var chat = screen.RunAsync(_host, _wire, "chat", "-p", "Tell me a story.");
        var turn = await _agents.NextAsync();
        turn.Sink.Delta("Once ");
        await screen.ShowsAsync("Once ");
        _wire.CutAndHold();
        await peer.GetAsync(method, new JsonObject { ["key"] = "main" });
        await turn.StoppingAsync();
        _wire.Release();

        Assert.Equal(ExitCodes.Cancelled, await chat.WaitAsync(GatewayHost.Bound));
        Assert.Contains($"No answer comes any more: {said}.", screen.Said, StringComparison.Ordinal);
        Assert.Equal(("Once \n", 1, 2), (screen.Shown, _agents.Started, _wire.Carried));
        var rows = (await peer.GetAsync("sessions.list")).GetProperty("sessions").EnumerateArray().Select(row => row.GetProperty("messageCount").GetInt32());
        Assert.Equal(method == "sessions.reset" ? [0] : [], rows);
    }

    [Fact]
    public async Task AfterThat_TheNextPromptBeginsItAnew()
    {
        using var screen = new HeardScreen { Typed = "Tell me a story.\nAnd now?\n" };
        await using var peer = await Peer.OperatorAsync(_host, native: true);
        var chat = screen.RunAsync(_host, _wire, "chat");
        (await _agents.NextAsync()).Sink.Delta("Once ");
        await screen.ShowsAsync("Once ");
        _wire.CutAndHold();
        await peer.GetAsync("sessions.delete", new JsonObject { ["key"] = "main" });
        _wire.Release();

        var next = await _agents.NextAsync();
        Assert.Equal(("And now?", 0), (next.Turn.Prompt, next.Turn.History.Length));
        Assert.Contains("main was deleted while there was no connection", string.Join(' ', screen.Said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        next.Answer("Now we begin.");
        Assert.Equal(ExitCodes.Ok, await chat.WaitAsync(GatewayHost.Bound));
        Assert.Equal("Once \nNow we begin.\n", screen.Shown);
    }

    [Fact]
    public async Task AskedAgain_ATurnGoesOn_OrIsRefused_AndNothingIsBegun()
    {
        await using var peer = await Peer.OperatorAsync(_host, native: true);
        Assert.Equal("conversation_not_found", await peer.RefusedAsync("chat.send", Again("r1")));
        Assert.Equal(0, (await peer.GetAsync("sessions.list")).GetProperty("totalCount").GetInt32());

        await peer.GetAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "Well?", ["idempotencyKey"] = "r1" });
        var turn = await _agents.NextAsync();
        Assert.Equal("in_flight", (await peer.GetAsync("chat.send", Again("r1"))).GetProperty("status").GetString());
        Assert.Equal("unknown_run", await peer.RefusedAsync("chat.send", Again("r2")));
        turn.Answer("Yes.");
        await peer.GetAsync("agent.wait", new JsonObject { ["runId"] = "r1" });
        Assert.Equal("ok", (await peer.GetAsync("chat.send", Again("r1"))).GetProperty("status").GetString());
        Assert.Equal(2, (await peer.GetAsync("chat.history", new JsonObject { ["sessionKey"] = "main" })).GetProperty("totalMessages").GetInt32());
        Assert.Equal((1, 0), (_agents.Started, _host.Service<Followers>().Runs));

        static JsonObject Again(string run) => new() { ["sessionKey"] = "main", ["message"] = "Well?", ["idempotencyKey"] = run, ["again"] = true };
    }

    /// <summary>What is printed, as it is.</summary>
    private sealed class HeardScreen : IDisposable
    {
        private readonly StringWriter _out = new();
        private readonly StringWriter _error = new();
        private readonly Person _person = new();

        /// <summary>At a terminal, line by line; null: there is none.</summary>
        public string? Typed { get; init; }

        public string Shown => Copy(_out);

        public string Said => Copy(_error);

        public Task<int> RunAsync(GatewayHost host, CutWire wire, params string[] arguments)
        {
            var token = File.ReadAllText(host.Home.GatewayTokenFile).Trim();
            var terminal = new Terminal
            {
                Out = TextWriter.Synchronized(_out), Error = TextWriter.Synchronized(_error), In = Typed is null ? TextReader.Null : new StringReader(Typed),
                InputIsTerminal = Typed is not null, ErrorIsTerminal = Typed is not null,
            };
            return CommandLine.RunAsync([.. arguments, "--url", wire.Address], new CliHost(
                name => name switch { "NETCLAW_HOME" => _person.Home.Root, "NETCLAW_GATEWAY_TOKEN" => token, _ => null }, terminal, TimeProvider.System, "/nowhere"));
        }

        public async Task ShowsAsync(string text)
        {
            using var limit = new CancellationTokenSource(GatewayHost.Bound);
            while (Shown != text)
            {
                await Task.Delay(10, limit.Token);
            }
        }

        public void Dispose()
        {
            _person.Dispose();
            _out.Dispose();
            _error.Dispose();
        }

        /// <summary>While somebody may be writing.</summary>
        private static string Copy(StringWriter writer)
        {
            while (true)
            {
                try
                {
                    return writer.ToString();
                }
                catch (ArgumentOutOfRangeException)
                {
                    // It grew meanwhile.
                }
            }
        }
    }
}

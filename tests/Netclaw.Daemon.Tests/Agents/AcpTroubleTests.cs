using System.Diagnostics;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Agents.Acp;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;
using static Netclaw.Daemon.Tests.Agents.AcpScene;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>Agents that write garbage, flood, hang, die or do not want to die: each turn ends, says what was seen, and leaves no process behind.</summary>
public sealed class AcpTroubleTests : IDisposable
{
    private readonly AcpScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task NoSuchProgram_IsUnavailable()
    {
        var agent = new AgentOptions { Id = "bob", Runtime = AgentKind.Acp, Program = new ProgramOptions { Command = ["no-such-agent"], Directory = _scene.Place } };

        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(agent));

        Assert.Equal((RefusalCode.AgentUnavailable, "The agent bob could not be started: no-such-agent: there is no such program that may be executed."), (failed.Code, failed.Message));
    }

    [Fact]
    public async Task NoSuchDirectory_IsUnavailable()
    {
        var agent = new AgentOptions { Id = "bob", Runtime = AgentKind.Acp, Program = new ProgramOptions { Command = ["/bin/sh"], Directory = "/no/such/place" } };

        Assert.Contains("there is no directory /no/such/place", Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(agent)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeathInTheMiddle_KeepsWhatHadCome_AndTellsTheLastWords()
    {
        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(Hello, Opens, Says("Half an"), "echo 'panic: out of ideas' >&2", "exit 3"));

        Assert.Equal((RefusalCode.AgentFailed, "Half an"), (failed.Code, failed.Text));
        Assert.Equal("The agent bob (/bin/sh) ended before it had answered, with exit code 3. Its last words: panic: out of ideas", failed.Message);
    }

    [Fact]
    public async Task DeathBeforeTheFirstWord_IsAnEnd()
    {
        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync("exit 0"));

        Assert.Equal("The agent bob (/bin/sh) ended before it had answered, with exit code 0.", failed.Message);
    }

    [Theory]
    [InlineData("echo 'Welcome to Bob!'", "it wrote what is no message of the protocol: Welcome to Bob!")]
    [InlineData("echo '[1,2]'", "it wrote what is no message of the protocol: [1,2]")]
    [InlineData("echo '{\"jsonrpc\":\"2.0\"}'", "it wrote a message that is neither request nor answer")]
    [InlineData("head -c 300 /dev/urandom; echo", "it wrote what is no message of the protocol: ")]
    [InlineData("read -r asked; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":99}}'", "it speaks another version of the Agent Client Protocol than 1")]
    [InlineData("read -r asked; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":7}'", "it speaks another version of the Agent Client Protocol than 1")]
    public async Task Garbage_IsSaid_AndTheAgentIsEnded(string script, string seen)
    {
        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync("echo $$ > pid", script, "sleep 600"));

        Assert.Equal(RefusalCode.AgentFailed, failed.Code);
        Assert.StartsWith($"The agent bob (/bin/sh) was stopped: {seen}", failed.Message, StringComparison.Ordinal);
        Assert.False(_scene.Lives("pid"));
    }

    [Fact]
    public async Task AnswerFlood_IsCut_WhereTheAnswerIsFull()
    {
        var outcome = Assert.IsType<AgentOutcome.Completed>(await _scene.RunAsync(_scene.Agent([Hello, Opens, "while :", "do", Says("blah "), "done"], characters: 1_003)));

        Assert.Equal(("length", 1_003), (outcome.StopReason, outcome.Text.Length));
        Assert.Equal(outcome.Text, _scene.Sink.Text);
    }

    [Fact]
    public async Task OneLineWithoutEnd_IsCutOff_NotCollected()
    {
        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync("exec tr '\\0' 'x' < /dev/zero"));

        Assert.Contains($"it wrote a line of more than {MessageLines.MostLineBytes} bytes", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorFlood_IsBounded_AndDoesNotHoldTheAgentUp()
    {
        var outcome = await _scene.RunAsync("head -c 1000000 /dev/zero | tr '\\0' 'e' >&2", Hello, Opens, Says("fine"), Ends());

        Assert.Equal("fine", Assert.IsType<AgentOutcome.Completed>(outcome).Text);
        Assert.Contains("bytes left out]", _scene.Log.Text, StringComparison.Ordinal);
        Assert.True(_scene.Log.Text.Length < 100_000);
    }

    [Theory]
    [InlineData("sleep 600")]
    [InlineData("trap '' TERM; while :; do sleep 1; done")]
    public async Task Hanging_EndsWithTheTurnsTime_AndWithEverythingItStarted(string hang)
    {
        var agent = _scene.Agent([Hello, Opens, "sleep 601 & echo $! > child", "echo $$ > pid", Says("I think"), hang]);

        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(agent, _scene.Turn(timeout: TimeSpan.FromSeconds(2))));

        Assert.Equal((RefusalCode.AgentTimedOut, "I think"), (failed.Code, failed.Text));
        Assert.False(_scene.Lives("pid"));
        Assert.False(_scene.Lives("child"));
    }

    [Fact]
    public async Task Cancelled_IsToldToTheAgent_WhichMayEndInGoodOrder()
    {
        using var cancel = new CancellationTokenSource();
        _scene.Sink.Heard = line => _ = line == "delta I think" ? cancel.CancelAsync() : null;

        var outcome = await _scene.RunAsync(
            _scene.Agent([Hello, Opens, Says("I think"), "read -r four; printf '%s\\n' \"$four\" >> asked", Says(", so"), Ends("cancelled")]), cancellation: cancel.Token);

        Assert.Equal("I think, so", Assert.IsType<AgentOutcome.Cancelled>(outcome).Text);
        Assert.Contains("session/cancel", _scene.Asked[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_WhileItIgnoresEverything_EndsSoon()
    {
        using var cancel = new CancellationTokenSource();
        _scene.Sink.Heard = line => _ = line == "delta I think" ? cancel.CancelAsync() : null;
        var watch = Stopwatch.StartNew();

        var outcome = await _scene.RunAsync(_scene.Agent([Hello, Opens, "echo $$ > pid", "trap '' TERM", Says("I think"), "while :; do sleep 1; done"]), cancellation: cancel.Token);

        Assert.IsType<AgentOutcome.Cancelled>(outcome);
        Assert.False(_scene.Lives("pid"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task AgentThatDoesNotRead_IsNotWaitedForBeyondTheTurnsTime()
    {
        var agent = _scene.Agent(["sleep 600"]);

        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(agent, _scene.Turn(new string('p', 1_000_000), TimeSpan.FromSeconds(1))));

        Assert.Equal(RefusalCode.AgentTimedOut, failed.Code);
    }

    [Fact]
    public async Task AgentThatNeverReadsItsPrompt_IsEnded()
    {
        var agent = _scene.Agent([Hello, """read -r two; echo '{"jsonrpc":"2.0","id":2,"result":{"sessionId":"s-1"}}'; sleep 600"""]);

        var failed = Assert.IsType<AgentOutcome.Failed>(await _scene.RunAsync(agent, _scene.Turn(new string('p', 1_000_000), TimeSpan.FromSeconds(2))));

        Assert.Equal(RefusalCode.AgentTimedOut, failed.Code);
    }
}

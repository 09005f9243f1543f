using System.Net;
using System.Net.Sockets;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Agents.OpenAi;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>Endpoints that are busy, broken, silent or endless: each turn ends, and says what was seen.</summary>
public sealed class OpenAiTroubleTests
{
    [Fact]
    public async Task Busy_IsAskedAgain_WhenItSaysSo()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Refuses(429, "7"), Replies.Refuses(503), Replies.Says("now"));
        var started = scene.Time.GetUtcNow();

        Assert.Equal("now", Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync()).Text);

        Assert.Equal(3, scene.Model.Requests.Length);
        Assert.Equal(["status retrying in 7 s: it answered 429 Too Many Requests: not now", "status retrying in 1 s: it answered 503 Service Unavailable: not now"],
            scene.Sink.Lines.Where(line => line.Contains("retrying", StringComparison.Ordinal)));
        Assert.InRange(scene.Time.GetUtcNow() - started, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task BusyForTooLong_IsTold_AndNotWaitedFor()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Refuses(429, "3600"));

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal(RefusalCode.AgentUnavailable, failed.Code);
        Assert.EndsWith("it answered 429 Too Many Requests: not now. It asks to come again in 3600 s.", failed.Message, StringComparison.Ordinal);
        Assert.Single(scene.Model.Requests);
    }

    [Fact]
    public async Task ServerErrors_EndAfterFourAttempts()
    {
        await using var scene = await OpenAiScene.OpenAsync([.. Enumerable.Repeat(Replies.Refuses(500, body: "<html>oops\u001b[31m</html>"), 5)]);

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal((RefusalCode.AgentUnavailable, ""), (failed.Code, failed.Text));
        Assert.Equal($"The agent main asked parrot at {scene.Model.BaseUrl} 4 times: it answered 500 Internal Server Error: <html>oops [31m</html>.", failed.Message);
        Assert.Equal(4, scene.Model.Requests.Length);
    }

    [Fact]
    public async Task WrongRequests_AreNotRepeated()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Refuses(404, body: """{"error":"model \"parrot\" not found"}"""));

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal(RefusalCode.AgentFailed, failed.Code);
        Assert.EndsWith("it answered 404 Not Found: model \"parrot\" not found.", failed.Message, StringComparison.Ordinal);
        Assert.Single(scene.Model.Requests);
    }

    [Fact]
    public async Task NobodyThere_IsTriedFourTimes()
    {
        await using var scene = await OpenAiScene.OpenAsync();

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync(scene.Agent(FreeUrl())));

        Assert.Equal(RefusalCode.AgentUnavailable, failed.Code);
        Assert.Contains("4 times: no connection: ", failed.Message, StringComparison.Ordinal);
        Assert.Equal(3, scene.Sink.Lines.Count(line => line.StartsWith("status retrying", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task BreakInTheMiddle_KeepsWhatHadCome_AndIsNotToldTwice()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await OpenAiScene.OpenAsync(Replies.BreaksAfter(heard.Task, "Half an ", "ans"));
        scene.Sink.Heard = line => _ = line == "delta ans" && heard.TrySetResult();

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal((RefusalCode.AgentFailed, "Half an ans"), (failed.Code, failed.Text));
        Assert.Contains("the connection broke", failed.Message, StringComparison.Ordinal);
        Assert.Equal("Half an ans", scene.Sink.Text);
        Assert.Single(scene.Model.Requests);
    }

    [Fact]
    public async Task BreakBeforeTheFirstWord_IsAskedAgain()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.BreaksAfter(Task.CompletedTask), Replies.Says("again"));

        Assert.Equal("again", Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync()).Text);
    }

    [Fact]
    public async Task AnEndWithoutAReason_IsNoAnswer()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.EndsUnfinished("and then"));

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal((RefusalCode.AgentFailed, "and then"), (failed.Code, failed.Text));
        Assert.Contains("it ended before it was finished", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {\"choices\": [{]\n\n")]
    [InlineData("data: <html>\n\n")]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"because\"}]}\n\n")]
    [InlineData("data: {\"choices\":7}\n\n")]
    [InlineData("data: []\n\n")]
    public async Task Garbage_IsAnEnd_NotACrash(string raw)
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Sends(raw));

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal(RefusalCode.AgentFailed, failed.Code);
        Assert.Contains("it sent what is no ", failed.Message, StringComparison.Ordinal);
        Assert.Single(scene.Model.Requests);
    }

    [Fact]
    public async Task APageInsteadOfAStream_IsNoAnswer()
    {
        await using var scene = await OpenAiScene.OpenAsync([.. Enumerable.Repeat(Replies.Sends("<html>Welcome</html>", "text/html"), 4)]);

        Assert.Equal(RefusalCode.AgentFailed, Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync()).Code);
    }

    [Fact]
    public async Task Cancelled_WhileItHangs_EndsAtOnce_WithWhatHadCome()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await OpenAiScene.OpenAsync(Replies.HangsAfter(reached, "I think"));
        using var cancel = new CancellationTokenSource();
        scene.Sink.Heard = line => _ = line == "delta I think" ? cancel.CancelAsync() : null;

        var cancelled = Assert.IsType<AgentOutcome.Cancelled>(await scene.RunAsync(cancellation: cancel.Token));

        Assert.Equal("I think", cancelled.Text);
    }

    [Fact]
    public async Task Hanging_EndsWithTheTurnsTime()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await OpenAiScene.OpenAsync(Replies.HangsAfter(reached, "I think"));
        scene.Sink.Heard = line => _ = line == "delta I think" ? Task.Run(() => scene.Time.Advance(TimeSpan.FromSeconds(90))) : null;

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync(turn: scene.Turn(timeout: TimeSpan.FromSeconds(90))));

        Assert.Equal((RefusalCode.AgentTimedOut, "I think", "The agent main had not finished after 90 s and was stopped."), (failed.Code, failed.Text, failed.Message));
    }

    [Fact]
    public async Task Silence_EndsWithTheTurnsTime()
    {
        OpenAiScene scene = null!;
        await using var opened = scene = await OpenAiScene.OpenAsync(async (asked, context) =>
        {
            _ = Task.Run(() => scene.Time.Advance(TimeSpan.FromSeconds(90)));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync(turn: scene.Turn(timeout: TimeSpan.FromSeconds(90))));

        Assert.Equal((RefusalCode.AgentTimedOut, ""), (failed.Code, failed.Text));
    }

    [Theory]
    [InlineData(": still thinking\n\n")]
    [InlineData("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"parrot\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":null}]}\n\n")]
    public async Task AFloodOfNothing_IsCutOff(string nothing)
    {
        var block = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(nothing, 4_000)));
        await using var scene = await OpenAiScene.OpenAsync(async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            while (true)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Contains($"it sent more than {ModelHttp.MostBytes} bytes", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flood_IsCut_WhereTheAnswerIsFull()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Floods("blah "));

        var outcome = Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync(scene.Agent(characters: 1_003)));

        Assert.Equal(("length", 1_003), (outcome.StopReason, outcome.Text.Length));
        Assert.Equal(outcome.Text, scene.Sink.Text);
    }

    [Fact]
    public async Task OneLineWithoutEnd_IsCutOff_NotCollected()
    {
        var block = new string('x', 64 * 1024);
        await using var scene = await OpenAiScene.OpenAsync(async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync("data: "u8.ToArray(), context.RequestAborted);
            while (true)
            {
                await context.Response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes(block), context.RequestAborted);
            }
        });

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Contains($"it sent more than {ModelHttp.MostBytes} bytes", failed.Message, StringComparison.Ordinal);
        Assert.Single(scene.Model.Requests);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("Wed, 02 Jan 2030 03:04:15 GMT", 10)]
    [InlineData("Tue, 02 Jan 2029 03:04:15 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData("-4", null)]
    [InlineData(null, null)]
    public void RetryAfter_IsSecondsOrADate(string? header, int? seconds) => Assert.Equal(
        seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, RetryAfterHeader.Read(header, new ManualTime().GetUtcNow()));

    [Fact]
    public void Waits_Double_AreBounded_AndNeverShorterThanAsked()
    {
        var trouble = new ModelTrouble("busy", RefusalCode.AgentUnavailable, isTransient: true);
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 20, 20], Enumerable.Range(1, 8).Select(attempt => RetryPlan.Next(trouble, attempt, 10, hasBegun: false)!.Value.TotalSeconds));
        Assert.Null(RetryPlan.Next(trouble, 10, 10, hasBegun: false));
        Assert.Null(RetryPlan.Next(trouble, 1, 10, hasBegun: true));
        Assert.Equal(9, RetryPlan.Next(new ModelTrouble("busy", RefusalCode.AgentUnavailable, true, TimeSpan.FromSeconds(9)), 1, 10, false)!.Value.TotalSeconds);
        Assert.Equal(2, RetryPlan.Next(new ModelTrouble("busy", RefusalCode.AgentUnavailable, true, TimeSpan.Zero), 3, 10, false)!.Value.TotalSeconds);
    }

    private static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/v1");
    }
}

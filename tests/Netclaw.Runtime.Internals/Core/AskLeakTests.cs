using Akka.Actor;

namespace Netclaw.Runtime.Internals.Core;

public sealed class AskLeakTests : CoreSystem
{
    [Fact]
    public async Task Leaves_NoTimerAndNoName_WhenAnswered()
    {
        var echo = System.ActorOf(Props.Create(() => new Echo()));
        for (var i = 0; i < 100; i++)
            Assert.Equal("answer", await echo.Ask<string>("answer", TimeSpan.FromHours(1)));
        Assert.Equal(0, System.AskClock.Pending);
        Assert.Equal(0, System.Temp.Count);
    }

    [Fact]
    public async Task Leaves_NoTimerAndNoName_WhenItsPathWasAsked()
    {
        var namer = System.ActorOf(Props.Create(() => new Namer()));
        var path = await namer.Ask<string>("who asks?", TimeSpan.FromHours(1));
        Assert.StartsWith("akka://core/temp/", path, StringComparison.Ordinal);
        Assert.Equal(0, System.AskClock.Pending);
        Assert.Equal(0, System.Temp.Count);
    }

    [Fact]
    public async Task Leaves_NoTimerAndNoName_WhenCancelledOrTimedOut()
    {
        using var source = new CancellationTokenSource();
        var silent = System.ActorOf(Props.Empty);
        var cancelled = silent.Ask<string>("anybody?", TimeSpan.FromHours(1), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("anybody?", TimeSpan.FromMilliseconds(20)));
        Assert.Equal(0, System.AskClock.Pending);
        Assert.Equal(0, System.Temp.Count);
    }

    [Fact]
    public async Task Fails_WhenTheSystemEndsFirst()
    {
        var asked = System.ActorOf(Props.Empty).Ask<string>("anybody?", TimeSpan.FromHours(1));
        await System.Terminate().WaitAsync(Patience);
        await Assert.ThrowsAsync<AskTimeoutException>(() => asked.WaitAsync(Patience));
    }

    [Fact]
    public async Task NamedAsk_IsReachedThroughItsPath()
    {
        var byPath = System.ActorOf(Props.Create(() => new AnswersByPath()));
        Assert.Equal("by path", await byPath.Ask<string>("question", Patience));
    }

    private sealed class Namer : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(Sender.Path.ToString());
    }

    private sealed class AnswersByPath : UntypedActor
    {
        protected override void OnReceive(object message) =>
            Context.ActorSelection(Sender.Path.ToString()).Tell("by path");
    }
}

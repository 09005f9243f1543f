using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;

namespace Netclaw.Runtime.Contract.Timers;

public sealed class TimerTests() : ActorHarness(ManualScheduler.Hocon)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private ManualScheduler Clock => (ManualScheduler)System.Scheduler;

    [Fact]
    public async Task SingleTimer_FiresOnce()
    {
        var (mailbag, actor) = await NewTimed();
        actor.Tell(new Timed.Run(timers => timers.StartSingleTimer("key", "tick", Second)));
        await Processed(actor);
        Clock.Advance(Second / 2);
        await mailbag.ExpectNothingMore();
        Clock.Advance(Second * 5);
        Assert.Equal("tick", await mailbag.Next());
        await Processed(actor);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task PeriodicTimer_FiresUntilCancelled()
    {
        var (mailbag, actor) = await NewTimed();
        actor.Tell(new Timed.Run(timers => timers.StartPeriodicTimer("key", "tick", Second)));
        await Processed(actor);
        Clock.Advance(Second * 3);
        for (var i = 0; i < 3; i++)
            Assert.Equal("tick", await mailbag.Next());
        actor.Tell(new Timed.Run(timers => timers.Cancel("key")));
        await Processed(actor);
        Clock.Advance(Second * 3);
        await Processed(actor);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task StaleTick_NeverArrivesAfterCancel() =>
        await ExpectStaleTickDropped(timers => timers.Cancel("key"));

    [Fact]
    public async Task StaleTick_NeverArrivesAfterCancelAll() =>
        await ExpectStaleTickDropped(timers => timers.CancelAll());

    [Fact]
    public async Task StaleTick_NeverArrivesAfterReStartOfTheSameKey()
    {
        var (mailbag, actor) = await ExpectStaleTickDropped(timers => timers.StartSingleTimer("key", "new", Second));
        Clock.Advance(Second);
        Assert.Equal("new", await mailbag.Next());
        await Processed(actor);
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task StaleTick_NeverArrivesAfterRestart() =>
        await ExpectStaleTickDropped(_ => throw new InvalidOperationException("restart"));

    [Fact]
    public async Task Stop_CancelsTheTimers()
    {
        var (_, actor) = await NewTimed();
        actor.Tell(new Timed.Run(timers => timers.StartPeriodicTimer("key", "tick", Second)));
        await Processed(actor);
        Assert.Equal(1, Clock.Pending);
        actor.Tell(PoisonPill.Instance);
        using var limit = new CancellationTokenSource(Patience);
        await actor.WatchAsync(limit.Token);
        Assert.Equal(0, Clock.Pending);
    }

    [Fact]
    public async Task ActiveTimers_AreKnown()
    {
        var (mailbag, actor) = await NewTimed();
        actor.Tell(new Timed.Run(timers =>
        {
            timers.StartSingleTimer("one", "tick", Second);
            timers.StartSingleTimer("two", "tick", Second * 9);
            mailbag.Ref.Tell(timers.IsTimerActive("one") && timers.ActiveTimers.Count == 2);
        }));
        Assert.Equal(true, await mailbag.Next());
        Clock.Advance(Second);
        Assert.Equal("tick", await mailbag.Next());
        actor.Tell(new Timed.Run(timers => mailbag.Ref.Tell(timers.IsTimerActive("one"))));
        Assert.Equal(false, await mailbag.Next());
    }

    /// <summary>The tick is in the mailbox, behind the message that makes it stale.</summary>
    private async Task<(Mailbag Mailbag, IActorRef Actor)> ExpectStaleTickDropped(Action<ITimerScheduler> makeStale)
    {
        var (mailbag, actor) = await NewTimed();
        actor.Tell(new Timed.Run(timers => timers.StartSingleTimer("key", "stale", Second)));
        var gate = new Scripted.Gate();
        actor.Tell(gate);
        actor.Tell(new Timed.Run(makeStale));
        await gate.Entered;
        Clock.Advance(Second);
        gate.Open();
        await Processed(actor);
        await mailbag.ExpectNothingMore();
        return (mailbag, actor);
    }

    private async Task<(Mailbag Mailbag, IActorRef Actor)> NewTimed()
    {
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Timed(mailbag.Ref)));
        await Processed(actor);
        return (mailbag, actor);
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef listener)
        {
            Receive<Run>(run => run.Action(Timers));
            Receive<Scripted.Gate>(gate => gate.Pass());
            ReceiveAny(message => listener.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        public sealed record Run(Action<ITimerScheduler> Action);
    }
}

using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;
using Netclaw.Testing;

namespace Netclaw.Runtime.Contract.TestKitSelf;

public sealed class VirtualTimeTests : TestKit
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public VirtualTimeTests() : base(TestConfigs.TestSchedulerConfig)
    {
    }

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void AScheduledMessage_ComesWhenTimeIsAdvanced_AndNotBefore()
    {
        Scheduler.ScheduleTellOnce(Minute, TestActor, "tick", ActorRefs.NoSender);
        Scheduler.Advance(Minute - TimeSpan.FromTicks(1));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Scheduler.Advance(TimeSpan.FromTicks(1));
        ExpectMsg("tick");
    }

    [Fact]
    public void ARepeatedMessage_ComesOncePerInterval()
    {
        Scheduler.ScheduleTellRepeatedly(Minute, Minute, TestActor, "tick", ActorRefs.NoSender);
        for (var i = 0; i < 3; i++)
        {
            Scheduler.Advance(Minute);
            ExpectMsg("tick");
        }

        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void ACancelledMessage_NeverComes()
    {
        var cancel = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleTellOnce(Minute, TestActor, "tick", ActorRefs.NoSender, cancel);
        cancel.Cancel();
        Scheduler.Advance(Minute);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void TimersAndReceiveTimeouts_RunOnVirtualTime()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Timed(TestActor)));
        actor.Tell("start");
        ExpectMsg("started");
        Scheduler.Advance(Minute);
        ExpectMsg("timer");
        Scheduler.Advance(TimeSpan.FromHours(1));
        ExpectMsg("idle");
    }

    [Fact]
    public void Clock_MovesTimersAndTheSchedulerTogether()
    {
        var clock = new TestClock().Attach(Sys);
        var start = clock.GetUtcNow();
        var fired = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow() - start), null, Minute, Minute);
        Scheduler.ScheduleTellOnce(Minute * 2, TestActor, "tick", ActorRefs.NoSender);
        clock.Advance(Minute * 3);
        Assert.Equal([Minute, Minute * 2, Minute * 3], fired);
        ExpectMsg("tick");
        Assert.Equal(Minute * 3, clock.Elapsed);
    }

    [Fact]
    public async Task Clock_CompletesDelays()
    {
        var clock = new TestClock();
        var delay = Task.Delay(Minute, clock);
        clock.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Clock_RefusesASystemOnRealTime()
    {
        using var real = ActorSystem.Create("real");
        Assert.Throws<ArgumentException>(() => new TestClock().Attach(real));
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef listener)
        {
            Receive<string>(text => text == "start", _ =>
            {
                Timers.StartSingleTimer("key", "timer", Minute);
                Context.SetReceiveTimeout(TimeSpan.FromHours(1));
                listener.Tell("started");
            });
            Receive<ReceiveTimeout>(_ => listener.Tell("idle"));
            Receive<string>(text => listener.Tell(text));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}

using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Stress;

/// <summary>Restarts under load.</summary>
public sealed class RestartStressTests(ITestOutputHelper output) : ActorHarness
{
    [Fact]
    public async Task LosesNoSystemMessage_While1000ActorsRestart()
    {
        var random = Seed.Print(output);
        var tally = new Tally();
        var watcher = System.ActorOf(Props.Create(() => new Watcher(tally)));
        var parents = Enumerable.Range(0, 10).Select(_ => System.ActorOf(Props.Create(() => new Nursery(tally)))).ToArray();
        var actors = new List<IActorRef>();
        foreach (var parent in parents)
            actors.AddRange(await parent.Ask<IActorRef[]>("100 children", Patience));
        foreach (var actor in actors)
            watcher.Tell(new Scripted.WatchIt(actor));
        await Processed(watcher);

        var sent = 0;
        var failures = 0;
        for (var i = 0; i < 60_000; i++)
        {
            var actor = actors[random.Next(actors.Count)];
            if (random.Next(12) == 0)
            {
                failures++;
                actor.Tell("fail");
            }
            else
            {
                sent++;
                actor.Tell("work");
            }
        }

        foreach (var actor in actors)
            actor.Tell(PoisonPill.Instance);
        await tally.AllGone.Task.WaitAsync(Patience);
        Assert.Equal(sent, tally.Worked);
        Assert.Equal(failures, tally.Restarts);
        Assert.Equal(actors.Count, tally.Terminated);
        Assert.Equal(tally.Started, tally.Stopped);
        Assert.Equal(actors.Count + failures, tally.Started);
    }

    private sealed class Tally
    {
        public int Worked, Restarts, Terminated, Started, Stopped;

        public TaskCompletionSource AllGone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Nursery : ReceiveActor
    {
        public Nursery(Tally tally) => Receive<string>(_ =>
            Sender.Tell(Enumerable.Range(0, 100).Select(_ => Context.ActorOf(Props.Create(() => new Fragile(tally)))).ToArray()));
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(Tally tally)
        {
            Receive<Scripted.WatchIt>(watch => Context.Watch(watch.Subject));
            Receive<Terminated>(_ =>
            {
                if (Interlocked.Increment(ref tally.Terminated) == 1_000)
                    tally.AllGone.SetResult();
            });
        }
    }

    /// <summary>Has a child and a timer, so that a restart has something to clear.</summary>
    private sealed class Fragile(Tally tally) : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Interlocked.Increment(ref tally.Started);
            Context.ActorOf(Props.Create(() => new Leaf()));
            Timers.StartSingleTimer("never", "never", TimeSpan.FromHours(1));
        }

        protected override void PostStop() => Interlocked.Increment(ref tally.Stopped);

        protected override void PostRestart(Exception reason)
        {
            Interlocked.Increment(ref tally.Restarts);
            base.PostRestart(reason);
        }

        protected override void OnReceive(object message)
        {
            if (message is "fail")
                throw new InvalidOperationException("told to");
            Interlocked.Increment(ref tally.Worked);
        }
    }

    private sealed class Leaf : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}

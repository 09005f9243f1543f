using Akka.Actor;

namespace Netclaw.Benchmarks.Runtime;

/// <summary>Many children of one parent: made, weighed, stopped.</summary>
internal static class ChildrenBenchmarks
{
    private const int Children = 200_000;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("runtime/children-create", "actors/s", () => Live(static life => life.Create), 5),
        new("runtime/children-stop", "actors/s", () => Live(static life => life.Stop), 5),
        new("runtime/child-bytes-untyped", "bytes", () => Weigh(Props.Create(() => new IdleUntyped())), 5),
        new("runtime/child-bytes-receive", "bytes", () => Weigh(Props.Create(() => new IdleReceive())), 5),
    ];

    private static async Task<Sample> Live(Func<(Sample Create, Sample Stop), Sample> pick)
    {
        var started = new Countdown(Children);
        var stopped = new Countdown(Children);
        var child = Props.Create(() => new Counted(started, stopped));
        var parent = BenchmarkSystem.Shared.ActorOf(Props.Create(() => new Parent(child)));
        await parent.Ask<ActorIdentity>(new Identify(0));
        var create = await Timing.PerSecond(Children, () =>
        {
            parent.Tell(Children);
            return started.Task;
        });
        var stop = await Timing.PerSecond(Children, () => parent.GracefulStop(TimeSpan.FromSeconds(60)));
        await stopped.Task;
        return pick((create, stop));
    }

    private static async Task<Sample> Weigh(Props child)
    {
        var parent = BenchmarkSystem.Shared.ActorOf(Props.Create(() => new Parent(child)));
        await parent.Ask<int>(1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await parent.Ask<int>(Children);
        var refs = await parent.Ask<IActorRef>("last");
        await refs.Ask<ActorIdentity>(new Identify(0));
        var after = GC.GetTotalMemory(forceFullCollection: true);
        await parent.GracefulStop(TimeSpan.FromSeconds(60));
        return new Sample((double)(after - before) / Children);
    }

    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = count;

        public Task Task => done.Task;

        public void Signal()
        {
            if (Interlocked.Decrement(ref left) == 0)
                done.SetResult();
        }
    }

    private sealed class Parent : ReceiveActor
    {
        private IActorRef last = ActorRefs.Nobody;

        public Parent(Props child)
        {
            Receive<int>(count =>
            {
                for (var i = 0; i < count; i++)
                    last = Context.ActorOf(child);
                Sender.Tell(count);
            });
            Receive<string>(_ => Sender.Tell(last));
        }
    }

    private sealed class Counted(Countdown started, Countdown stopped) : UntypedActor
    {
        protected override void PreStart() => started.Signal();

        protected override void PostStop() => stopped.Signal();

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class IdleUntyped : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class IdleReceive : ReceiveActor
    {
        public IdleReceive() => Receive<string>(static _ => { });
    }
}

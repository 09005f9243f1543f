using Akka.Actor;

namespace Netclaw.Benchmarks.Runtime;

/// <summary>Messages one way, and there and back.</summary>
internal static class TellBenchmarks
{
    private const int Messages = 10_000_000;
    private const int RoundTrips = 2_000_000;

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("runtime/tell-untyped", "msg/s", () => Tell(done => Props.Create(() => new UntypedSink(Messages, done)))),
        new("runtime/tell-receive", "msg/s", () => Tell(done => Props.Create(() => new ReceiveSink(Messages, done)))),
        new("runtime/ping-pong-1", "round trips/s", () => PingPong(1)),
        new("runtime/ping-pong-8", "round trips/s", () => PingPong(8)),
    ];

    /// <summary>One thread tells one actor the same message over and over.</summary>
    private static async Task<Sample> Tell(Func<TaskCompletionSource, Props> props)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = BenchmarkSystem.Shared.ActorOf(props(done));
        await sink.Ask<ActorIdentity>(new Identify(0));
        var message = new object();
        var sample = await Timing.PerSecond(Messages, () =>
        {
            for (var i = 0; i < Messages; i++)
                sink.Tell(message, ActorRefs.NoSender);
            return done.Task;
        });
        await sink.GracefulStop(TimeSpan.FromSeconds(10));
        return sample;
    }

    /// <summary>Each pair has one message under way.</summary>
    private static async Task<Sample> PingPong(int pairs)
    {
        var done = Enumerable.Range(0, pairs).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var pongs = done.Select(_ => BenchmarkSystem.Shared.ActorOf(Props.Create(() => new Echo()))).ToArray();
        var pings = done.Select((each, i) => BenchmarkSystem.Shared.ActorOf(Props.Create(() => new Ping(pongs[i], RoundTrips / pairs, each)))).ToArray();
        foreach (var actor in pings.Concat(pongs))
            await actor.Ask<ActorIdentity>(new Identify(0));
        var ball = new object();
        var sample = await Timing.PerSecond(RoundTrips, () =>
        {
            for (var i = 0; i < pairs; i++)
                pongs[i].Tell(ball, pings[i]);
            return Task.WhenAll(done.Select(static each => each.Task));
        });
        foreach (var actor in pings.Concat(pongs))
            await actor.GracefulStop(TimeSpan.FromSeconds(10));
        return sample;
    }

    private sealed class UntypedSink(int expected, TaskCompletionSource done) : UntypedActor
    {
        private int count;

        protected override void OnReceive(object message)
        {
            if (++count == expected)
                done.SetResult();
        }
    }

    private sealed class ReceiveSink : ReceiveActor
    {
        private int count;

        public ReceiveSink(int expected, TaskCompletionSource done) => Receive<object>(_ =>
        {
            if (++count == expected)
                done.SetResult();
        });
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }

    private sealed class Ping(IActorRef pong, int trips, TaskCompletionSource done) : UntypedActor
    {
        private int left = trips;

        protected override void OnReceive(object message)
        {
            if (--left == 0)
                done.SetResult();
            else
                pong.Tell(message, Self);
        }
    }
}

using Akka.Actor;

namespace Netclaw.Benchmarks.Runtime;

/// <summary>Questions to one actor: one after the other, and a thousand at a time. Each has a timeout.</summary>
internal static class AskBenchmarks
{
    private const int Questions = 1_000_000;
    private const int Concurrent = 1_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("runtime/ask-sequential", "asks/s", () => Ask(Sequential)),
        new("runtime/ask-concurrent-1000", "asks/s", () => Ask(AtOnce)),
    ];

    private static async Task<Sample> Ask(Func<IActorRef, Task> run)
    {
        var echo = BenchmarkSystem.Shared.ActorOf(Props.Create(() => new Echo()));
        await echo.Ask<ActorIdentity>(new Identify(0));
        var sample = await Timing.PerSecond(Questions, () => Task.Run(() => run(echo)));
        await echo.GracefulStop(TimeSpan.FromSeconds(10));
        return sample;
    }

    private static async Task Sequential(IActorRef echo)
    {
        for (var i = 0; i < Questions; i++)
            await echo.Ask<string>("question", Limit);
    }

    private static async Task AtOnce(IActorRef echo)
    {
        var asked = new Task<string>[Concurrent];
        for (var i = 0; i < Questions; i += Concurrent)
        {
            for (var n = 0; n < Concurrent; n++)
                asked[n] = echo.Ask<string>("question", Limit);
            foreach (var each in asked)
                await each;
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}

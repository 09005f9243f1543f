using System.Diagnostics;
using Akka.Actor;

namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>Events per second of writers that are told everything at once and persist it one command after another.</summary>
internal static class WriterRuns
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Task<double> OneAtATime(ActorSystem system, string name, int writers, int eventsEach) =>
        Run(system, name, writers, eventsEach, writer =>
        {
            for (var i = 0; i < eventsEach; i++)
            {
                writer.Tell(Writer.One);
            }
        });

    public static Task<double> InBatches(ActorSystem system, string name, int batches, int size)
    {
        var batch = Enumerable.Repeat(Fact.Of200Bytes, size).ToArray();
        return Run(system, name, 1, batches * size, writer =>
        {
            for (var i = 0; i < batches; i++)
            {
                writer.Tell(batch);
            }
        });
    }

    public static async Task<double> Recovery(ActorSystem system, string persistenceId, int events)
    {
        var watch = Stopwatch.StartNew();
        var writer = await Start(system, persistenceId);
        var rate = events / watch.Elapsed.TotalSeconds;
        await writer.GracefulStop(Longest);
        return rate;
    }

    private static async Task<double> Run(ActorSystem system, string name, int writers, int eventsEach, Action<IActorRef> tell)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, writers).Select(i => Start(system, $"{name}-{i}")));
        var done = all.Select(writer =>
        {
            var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            writer.Tell(new Writer.Expect(eventsEach, finished));
            return finished.Task;
        }).ToArray();
        var watch = Stopwatch.StartNew();
        foreach (var writer in all)
        {
            tell(writer);
        }

        await Task.WhenAll(done).WaitAsync(Longest);
        var rate = (double)writers * eventsEach / watch.Elapsed.TotalSeconds;
        await Task.WhenAll(all.Select(writer => writer.GracefulStop(Longest)));
        return rate;
    }

    private static async Task<IActorRef> Start(ActorSystem system, string persistenceId)
    {
        var recovered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = system.ActorOf(Writer.Props(persistenceId, recovered));
        await recovered.Task.WaitAsync(Longest);
        return writer;
    }
}

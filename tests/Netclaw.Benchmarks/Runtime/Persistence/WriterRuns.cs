using System.Diagnostics;
using Akka.Actor;

namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>Events per second, and bytes allocated for each, of writers that are told everything at once and persist it one command after another.</summary>
internal static class WriterRuns
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Task<Sample> OneAtATime(ActorSystem system, string name, int writers, int eventsEach) =>
        Run(system, name, writers, eventsEach, writer =>
        {
            for (var i = 0; i < eventsEach; i++)
            {
                writer.Tell(Writer.One);
            }
        });

    public static Task<Sample> InBatches(ActorSystem system, string name, int batches, int size)
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

    public static async Task<Sample> Recovery(ActorSystem system, string persistenceId, int events)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var writer = await Start(system, persistenceId);
        var sample = Sampled(events, watch, before);
        await writer.GracefulStop(Longest);
        return sample;
    }

    private static async Task<Sample> Run(ActorSystem system, string name, int writers, int eventsEach, Action<IActorRef> tell)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, writers).Select(i => Start(system, $"{name}-{i}")));
        var done = all.Select(writer =>
        {
            var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            writer.Tell(new Writer.Expect(eventsEach, finished));
            return finished.Task;
        }).ToArray();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        foreach (var writer in all)
        {
            tell(writer);
        }

        await Task.WhenAll(done).WaitAsync(Longest);
        var sample = Sampled((long)writers * eventsEach, watch, before);
        await Task.WhenAll(all.Select(writer => writer.GracefulStop(Longest)));
        return sample;
    }

    private static Sample Sampled(long events, Stopwatch watch, long allocatedBefore)
    {
        var seconds = watch.Elapsed.TotalSeconds;
        return new Sample(events / seconds, (double)(GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore) / events);
    }

    private static async Task<IActorRef> Start(ActorSystem system, string persistenceId)
    {
        var recovered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writer = system.ActorOf(Writer.Props(persistenceId, recovered));
        await recovered.Task.WaitAsync(Longest);
        return writer;
    }
}

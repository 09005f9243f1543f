using System.Collections.Concurrent;

namespace Akka.Dispatch;

/// <summary>
/// Threads of its own, for actors that block. A thread starts when work waits and ends after five idle seconds,
/// so the dispatcher needs no shutdown.
/// </summary>
internal sealed class DedicatedThreadDispatcher(string id, int throughput, int threadCount) : MessageDispatcher(id, throughput)
{
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<IThreadPoolWorkItem> queue = [];
    private readonly Lock gate = new();
    private int threads;
    private int pending;

    internal override void Enqueue(IThreadPoolWorkItem work, bool later)
    {
        lock (gate)
        {
            pending++;
            queue.Add(work);
            if (threads < Math.Min(pending, threadCount))
            {
                threads++;
                new Thread(Work) { IsBackground = true, Name = Id }.Start();
            }
        }
    }

    private void Work()
    {
        while (true)
        {
            if (queue.TryTake(out var work, IdleLife))
            {
                work.Execute();
                lock (gate)
                    pending--;
                continue;
            }

            lock (gate)
            {
                if (queue.Count > 0)
                    continue;
                threads--;
                return;
            }
        }
    }
}

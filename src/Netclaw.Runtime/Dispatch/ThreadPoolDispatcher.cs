namespace Akka.Dispatch;

/// <summary>The default: the process's thread pool. A woken actor goes to the waking thread's own queue, from which idle threads steal.</summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    internal override void Enqueue(IThreadPoolWorkItem work, bool later) =>
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: !later);
}

using System.Diagnostics;

namespace Netclaw.Benchmarks;

/// <summary>Times a number of operations and counts what they allocate.</summary>
internal static class Timing
{
    public static async Task<Sample> PerSecond(int operations, Func<Task> run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await run();
        var elapsed = Stopwatch.GetElapsedTime(start);
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        return new Sample(operations / elapsed.TotalSeconds, (double)bytes / operations);
    }
}

using System.Diagnostics.Metrics;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Listeners;

namespace Netclaw.Daemon.Http;

/// <summary>A few numbers on the process itself, and on who waits at the door.</summary>
public sealed class ProcessMetrics : IDisposable
{
    private readonly Meter _meter = new(JournalMetrics.MeterName);

    public ProcessMetrics(Doors doors, string version)
    {
        _meter.CreateObservableGauge("netclaw.info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", version)), null, "Always 1.");
        _meter.CreateObservableGauge(
            "netclaw.connections.unauthenticated",
            () => doors.Counts.Select(entry => new Measurement<int>(entry.Count, new KeyValuePair<string, object?>("listener", entry.Listener))),
            "{connection}", "Accepted connections that have not authenticated, by listener.");
        _meter.CreateObservableGauge("process.resident.memory", () => Environment.WorkingSet, "By", "Resident memory.");
        _meter.CreateObservableGauge("dotnet.gc.heap", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Managed heap.");
        _meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time used.");
        _meter.CreateObservableGauge("process.threads", () => ThreadPool.ThreadCount, "{thread}", "Threads of the pool.");
    }

    public void Dispose() => _meter.Dispose();
}

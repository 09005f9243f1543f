using System.Diagnostics.Metrics;

namespace Netclaw.Actors.Journal;

/// <summary>What a write costs and how much it carries.</summary>
public sealed class JournalMetrics(string persistenceId)
{
    public const string MeterName = "Netclaw";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> WriteDuration = Meter.CreateHistogram<double>(
        "netclaw.journal.write.duration", "s", "From handing a batch to the journal to its last record being durable.");

    private static readonly Histogram<int> BatchEvents = Meter.CreateHistogram<int>(
        "netclaw.journal.batch.events", "{event}", "Records in one atomic write.");

    private static readonly Counter<long> WriteFailures = Meter.CreateCounter<long>(
        "netclaw.journal.write.failures", "{write}", "Writes that failed or were rejected.");

    private readonly KeyValuePair<string, object?> _journal = new("journal", persistenceId);

    public void Written(TimeSpan took, int events)
    {
        WriteDuration.Record(took.TotalSeconds, _journal);
        BatchEvents.Record(events, _journal);
    }

    public void Failed() => WriteFailures.Add(1, _journal);
}

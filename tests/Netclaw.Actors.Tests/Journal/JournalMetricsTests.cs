using System.Diagnostics.Metrics;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Tests.Journal;

public sealed class JournalMetricsTests
{
    [Fact]
    public void Records_WhatAWriteTookAndCarried()
    {
        var journal = $"test-{Guid.NewGuid():N}";
        var seen = new List<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == JournalMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        new JournalMetrics(journal).Written(TimeSpan.FromMilliseconds(20), 7);
        new JournalMetrics(journal).Failed();

        Assert.Equal([("netclaw.journal.write.duration", 0.02), ("netclaw.journal.batch.events", 7), ("netclaw.journal.write.failures", 1)], seen);

        // Other tests write to their own journals at the same time.
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "journal" && journal.Equals(tag.Value))
                {
                    seen.Add((instrument.Name, value));
                }
            }
        }
    }
}

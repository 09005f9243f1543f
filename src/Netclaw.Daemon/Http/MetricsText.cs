using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Netclaw.Daemon.Http;

/// <summary>Listens to one meter and renders it as Prometheus text (exposition format 0.0.4). Names: dots become underscores, <c>s</c> becomes <c>_seconds</c>, counters end in <c>_total</c>.</summary>
public sealed class MetricsText : IDisposable
{
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Family> _families = new(StringComparer.Ordinal);

    public MetricsText(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(NameOf(instrument), static (name, kind) => new Family(name, kind), instrument));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((Family)state!).Record(value, tags));
        _listener.Start();
    }

    public string Render()
    {
        // Observed values are asked for anew; what is no longer there must not be shown.
        foreach (var family in _families.Values)
        {
            family.ForgetObserved();
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException)
        {
            // Every other one was asked all the same; whose owner is just going is not shown.
        }

        var text = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
        {
            family.Render(text);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The buckets of a histogram, by its unit.</summary>
    internal static double[] BoundsOf(Instrument instrument) => instrument.Unit == "s" ? Seconds : Counts;

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var counter = KindOf(instrument) == "counter" ? "_total" : "";
        return instrument.Name.Replace('.', '_') + unit + counter;
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    private sealed class Family(string name, Instrument instrument)
    {
        private readonly string _kind = KindOf(instrument);
        private readonly bool _adds = !instrument.IsObservable && instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal) is false;
        private readonly double[] _bounds = BoundsOf(instrument);
        private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);

        public string Name => name;

        public void ForgetObserved()
        {
            if (instrument.IsObservable)
            {
                _series.Clear();
            }
        }

        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var series = _series.GetOrAdd(MetricLabels.Of(tags), static (_, family) => new Series(family._kind == "histogram" ? family._bounds.Length + 1 : 0), this);
            lock (series)
            {
                series.Sum = _adds ? series.Sum + value : value;
                series.Count++;
                if (series.Buckets.Length > 0)
                {
                    var index = Array.BinarySearch(_bounds, value);
                    series.Buckets[index >= 0 ? index : ~index]++;
                }
            }
        }

        public void Render(StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {_kind}\n");
            foreach (var (labels, series) in _series.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                lock (series)
                {
                    if (_kind == "histogram")
                    {
                        RenderBuckets(text, labels, series);
                    }
                    else
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{name}{MetricLabels.Braced(labels)} {series.Sum:R}\n");
                    }
                }
            }
        }

        private void RenderBuckets(StringBuilder text, string labels, Series series)
        {
            long below = 0;
            for (var i = 0; i < series.Buckets.Length; i++)
            {
                below += series.Buckets[i];
                var bound = i < _bounds.Length ? _bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{MetricLabels.Braced(labels, $"le=\"{bound}\"")} {below}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{MetricLabels.Braced(labels)} {series.Sum:R}\n{name}_count{MetricLabels.Braced(labels)} {series.Count}\n");
        }
    }

    private sealed class Series(int buckets)
    {
        public double Sum;
        public long Count;
        public readonly long[] Buckets = new long[buckets];
    }
}

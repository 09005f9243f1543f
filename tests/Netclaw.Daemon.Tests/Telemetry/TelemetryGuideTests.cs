using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Telemetry;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>docs/guides/telemetry.md says what is sent, and what it tells to type works.</summary>
public sealed class TelemetryGuideTests
{
    private const string End = "<!-- end -->";

    private static readonly string Page = Path.Combine(Root(), "docs", "guides", "telemetry.md");

    [Fact]
    public void SpansOfThePage_AreThoseOfTheCode()
    {
        var table = new StringBuilder("\n| attribute | |\n|---|---|\n");
        foreach (var word in HandshakeWords.Attributes.Concat(HandshakeWords.EventAttributes))
        {
            table.Append($"| `{word.Name}` | {word.Meaning} |\n");
        }

        Holds("spans", table.Append('\n').ToString());
    }

    [Fact]
    public async Task MetricsOfThePage_AreThoseOfARunningGateway()
    {
        var instruments = new SortedDictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == JournalMetrics.MeterName)
                {
                    lock (instruments)
                    {
                        instruments[instrument.Name] = instrument;
                    }
                }
            },
        };
        listener.Start();
        await using var host = await GatewayHost.StartAsync();

        var table = new StringBuilder("\n| metric | kind | unit | |\n|---|---|---|---|\n");
        lock (instruments)
        {
            foreach (var (name, instrument) in instruments)
            {
                table.Append($"| `{name}` | {Kind(instrument)} | {(instrument.Unit is { } unit ? $"`{unit}`" : "")} | {instrument.Description} |\n");
            }
        }

        Holds("metrics", table.Append('\n').ToString());
    }

    [Fact]
    public void MetersOfThePage_AreThoseThatAreSent()
    {
        var page = File.ReadAllText(Page);

        Assert.All(OtlpExport.Meters, meter => Assert.Contains($"`{meter}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatThePageSaysToExport_TurnsItOn()
    {
        var variables = (await File.ReadAllLinesAsync(Page)).Where(line => line.StartsWith("export OTEL_", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2)).Select(pair => (Name: pair[0], Value: pair[1])).ToList();
        Assert.Equal(4, variables.Count);
        await using var collector = await OtlpCollector.StartAsync();
        var here = variables.Select(pair => (pair.Name, pair.Value.Replace("http://127.0.0.1:4318", collector.Endpoint, StringComparison.Ordinal))).ToArray();
        await using var daemon = await DaemonProcess.StartAsync(null, here);
        await using (var owner = await daemon.OperatorAsync())
        {
        }

        await daemon.StopAsync();
        Assert.Contains("telemetry goes out by OTLP: Traces, Metrics, Logs\n", daemon.Log, StringComparison.Ordinal);
        var span = await collector.SpanAsync(one => one.Name == HandshakeWords.Span);
        Assert.Equal(("front-door", "home"), (span.Resource["service.name"], span.Resource["deployment.environment.name"]));
        Assert.NotNull(await collector.MetricAsync("netclaw.handshakes"));
        Assert.NotNull(await collector.LogAsync(line => line.Body == "stopped"));
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    /// <summary>What stands between the named mark and the next end; NETCLAW_UPDATE_DOCS=1 writes it.</summary>
    private static void Holds(string part, string text)
    {
        lock (End)
        {
            var page = File.ReadAllText(Page);
            var mark = $"<!-- written by the tests: {part} -->\n";
            var begin = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
            var end = page.IndexOf(End, begin, StringComparison.Ordinal);
            Assert.True(begin >= mark.Length && end > 0, $"{Page} has no part \"{part}\"");
            if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
            {
                page = page[..begin] + text + page[end..];
                File.WriteAllText(Page, page);
                end = begin + text.Length;
            }

            Assert.Equal(page[begin..end], text);
        }
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

using System.Diagnostics;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// One event to 10,000 sessions: from the call that causes it (a device is renamed, one durable write) until the last client has read it, beside a bare loop over as many
/// WebSockets that sends the same bytes. The clients read on the same cores, in both.
/// </summary>
internal static class WireBroadcastBenchmark
{
    private const int Sessions = 10_000;
    private const int Runs = 15;
    private const int WarmUps = 3;
    private const string Event = "device.pair.changed";

    public static async Task RunAsync()
    {
        var ours = await GatewayAsync();
        var control = await BareAsync();
        Figures.Summary($"one event to {Sessions:N0} sessions, call to last read", ours, "ms");
        Figures.Summary("bare send loop (control)", control, "ms");
        Figures.Line($"ratio of medians: {Figures.Median(ours) / Figures.Median(control):N2} (goal 1.5)");
    }

    private static async Task<List<double>> GatewayAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        await using var daemon = await DaemonProcess.StartAsync();
        using var key = await PairedDevices.PairByCodeAsync(daemon);
        var token = await WireCrowd.TokenAsync(daemon);
        using var crowd = new Crowd(cancel => WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.pairing"));
        using var owner = await WireSession.ByTokenAsync(daemon, token, bound.Token, "cli", "operator.admin");
        return await crowd.TimeAsync(
            run => owner.SendAsync($$$"""{"type":"req","id":"{{{run}}}","method":"device.pair.rename","params":{"deviceId":"{{{key.Public.DeviceId.Hex}}}","label":"den {{{run}}}"}}""", bound.Token), bound.Token);
    }

    private static async Task<List<double>> BareAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        await using var bare = await BareServer.StartAsync();
        using var crowd = new Crowd(cancel => WireSession.OpenAsync(bare.Endpoint, "/bare/crowd", cancel));
        using var trigger = await WireSession.OpenAsync(bare.Endpoint, "/bare/say", bound.Token);
        var frame = $$$"""{"type":"event","event":"{{{Event}}}","payload":{"deviceId":"{{{new string('0', 64)}}}","label":"den 1","scopes":["operator.read","operator.write"],"ts":1790000000000},"seq":12}""";
        return await crowd.TimeAsync(_ => trigger.SendAsync(frame, bound.Token), bound.Token);
    }

    /// <summary>Sessions that all wait for the same event.</summary>
    private sealed class Crowd(Func<CancellationToken, Task<WireSession>> open) : IDisposable
    {
        private readonly List<WireSession> _sessions = [];

        /// <returns>Milliseconds from each <paramref name="cause"/> until everybody has read what it caused.</returns>
        public async Task<List<double>> TimeAsync(Func<int, ValueTask> cause, CancellationToken cancel)
        {
            await WireCrowd.OpenAsync(Sessions, _sessions, open, cancel);
            var times = new List<double>();
            for (var run = 1; run <= WarmUps + Runs; run++)
            {
                var reading = _sessions.ConvertAll(session => session.NextWithAsync(Event, cancel));
                var started = Stopwatch.GetTimestamp();
                await cause(run);
                await Task.WhenAll(reading);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return times[WarmUps..];
        }

        public void Dispose() => _sessions.ForEach(session => session.Dispose());
    }
}

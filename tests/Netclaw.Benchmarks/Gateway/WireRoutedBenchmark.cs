using System.Globalization;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// Operator → gateway → node → gateway → operator by <c>node.invoke</c>: latency of an open loop of 2,000 a second, and the peak of a closed one, with 1,000 and with 10,000 sessions
/// standing, of which 128 call and 64 are nodes. Callers, nodes and idle sessions are one process on the server's cores. Control: a relay of bare WebSockets in two hops.
/// </summary>
internal static class WireRoutedBenchmark
{
    private const int Callers = 128;
    private const int Nodes = 64;
    private const int PerSecond = 2_000;
    private const int UnderWay = 256;
    private const int Runs = 5;
    private const string Command = "system.which";
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public static async Task RunAsync()
    {
        foreach (var sessions in new[] { 1_000, 10_000 })
        {
            await RunAsync(sessions);
        }
    }

    /// <summary>One after the other: together they would take more open files than a process has by default.</summary>
    private static async Task RunAsync(int sessions)
    {
        Measured ours, control;
        await using (var daemon = await DaemonProcess.StartAsync())
        {
            ours = await MeasureAsync("routed", (open, cancel) => GatewayAsync(daemon, sessions, open, cancel));
        }

        await using (var bare = await BareServer.StartAsync())
        {
            control = await MeasureAsync("bare", (open, cancel) => BareAsync(bare, sessions, open, cancel));
        }

        Figures.Summary($"routed at {PerSecond:N0}/s over {sessions:N0} sessions, p50", ours.P50, "ms");
        Figures.Summary("the same, p99 (goal 5 ms)", ours.P99, "ms");
        Figures.Summary("bare relay p99 (control)", control.P99, "ms");
        Figures.Summary($"routed, peak, {UnderWay} under way", ours.Peak, "/s");
        Figures.Summary("bare relay, peak (control)", control.Peak, "/s");
        Figures.Line($"peak, ratio of medians: {Figures.Median(ours.Peak) / Figures.Median(control.Peak):P1} (goal 40 %)");
    }

    private static async Task<Measured> MeasureAsync(string what, Func<List<WireSession>, CancellationToken, Task<RoutedPath>> connect)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(300));
        var open = new List<WireSession>();
        var measured = new Measured([], [], []);
        try
        {
            var path = await connect(open, bound.Token);
            var listening = path.ListenAsync(bound.Token);
            var running = RunsAsync(path, measured, $"{open.Count:N0} {what}", bound.Token);
            if (await Task.WhenAny(listening, running) == listening)
            {
                await listening; // nobody hears any more what comes back, and why
            }

            await running;
            return measured;
        }
        finally
        {
            await bound.CancelAsync();
            open.ForEach(session => session.Dispose());
        }
    }

    private static async Task RunsAsync(RoutedPath path, Measured measured, string what, CancellationToken cancel)
    {
        for (var run = -1; run < Runs; run++)
        {
            var (p50, p99, lost) = await path.OpenLoopAsync(PerSecond, Length, cancel);
            var peak = await path.PeakAsync(UnderWay, Length, cancel);
            if (run >= 0)
            {
                measured.P50.Add(p50);
                measured.P99.Add(p99);
                measured.Peak.Add(peak);
                Figures.Line($"{what}, run {run + 1}: p50 {p50:N2} ms, p99 {p99:N2} ms, {lost} lost, peak {peak:N0}/s");
            }
        }
    }

    private static async Task<RoutedPath> GatewayAsync(DaemonProcess daemon, int sessions, List<WireSession> open, CancellationToken cancel)
    {
        var token = await WireCrowd.TokenAsync(daemon);
        using var owner = await WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.pairing", "operator.admin", "operator.read", "operator.write");
        var ids = new string[Nodes];
        for (var i = 0; i < Nodes; i++)
        {
            var key = SigningKey.Generate();
            ids[i] = key.Public.DeviceId.Hex;
            var node = await WireSession.ConnectAsync(daemon.Endpoint, "node", "node", [], [Command], key, token, cancel);
            open.Add(node);
            _ = ServeAsync(node, ids[i], cancel);
        }

        // What a node asks to lend is durable a moment after it was let in.
        for (var approved = 0; approved < Nodes;)
        {
            var pending = await owner.CallAsync("list", "node.pair.list", "{}", cancel);
            foreach (var request in pending.GetProperty("pending").EnumerateArray())
            {
                await owner.CallAsync("approve", "node.pair.approve", $"{{\"requestId\":\"{request.GetProperty("requestId").GetString()}\"}}", cancel);
                approved++;
            }
        }

        var callers = new List<WireSession>();
        await WireCrowd.OpenAsync(Callers, callers, stop => WireSession.ByTokenAsync(daemon, token, stop, "cli", "operator.write"), cancel);
        open.AddRange(callers);
        await WireCrowd.OpenAsync(sessions - Callers - Nodes, open, stop => WireSession.ByTokenAsync(daemon, token, stop, "cli", "operator.read"), cancel);
        var start = Guid.NewGuid().ToString("N")[..8];
        return new RoutedPath(
            callers,
            (number, node) => string.Create(CultureInfo.InvariantCulture,
                $"{{\"type\":\"req\",\"id\":\"{number}\",\"method\":\"node.invoke\",\"params\":{{\"nodeId\":\"{ids[node]}\",\"command\":\"{Command}\",\"params\":{{\"bins\":[\"ls\"]}},\"idempotencyKey\":\"{start}-{number}\"}}}}"),
            message => message.Span.IndexOf("\"ok\":true"u8) is >= 0 and < 64 ? RoutedPath.NumberAfter(message.Span, "\"type\":\"res\",\"id\":\""u8)
                : message.Span.IndexOf("\"ok\":false"u8) < 0 ? -1 : throw new InvalidOperationException(Encoding.UTF8.GetString(message.Span)),
            Nodes);
    }

    /// <summary>A node that knows where everything is.</summary>
    private static async Task ServeAsync(WireSession node, string id, CancellationToken cancel)
    {
        while (true)
        {
            var message = await node.NextAsync(cancel);
            if (message.Span.IndexOf("\"node.invoke.request\""u8) >= 0)
            {
                var invoke = RoutedPath.TextAfter(message.Span, "\"payload\":{\"id\":\""u8);
                await node.SendAsync($"{{\"type\":\"req\",\"id\":\"r\",\"method\":\"node.invoke.result\",\"params\":{{\"id\":\"{invoke}\",\"nodeId\":\"{id}\",\"ok\":true,\"payload\":{{\"bins\":{{\"ls\":\"/bin/ls\"}}}}}}}}", cancel);
            }
        }
    }

    /// <summary>Places 0 to <see cref="Nodes"/> are nodes; callers come behind them.</summary>
    private static async Task<RoutedPath> BareAsync(BareServer bare, int sessions, List<WireSession> open, CancellationToken cancel)
    {
        for (var i = 0; i < Nodes; i++)
        {
            var node = await WireSession.OpenAsync(bare.Endpoint, $"/bare/relay/{i}", cancel);
            open.Add(node);
            _ = EchoAsync(node, cancel);
        }

        var callers = new List<WireSession>();
        for (var i = 0; i < Callers; i++)
        {
            callers.Add(await WireSession.OpenAsync(bare.Endpoint, $"/bare/relay/{Nodes + i}", cancel));
        }

        open.AddRange(callers);
        await WireCrowd.OpenAsync(sessions - Callers - Nodes, open, stop => WireSession.OpenAsync(bare.Endpoint, "/bare/idle", stop), cancel);
        var rest = new string('x', 200);
        return new RoutedPath(
            callers,
            (number, node) => string.Create(CultureInfo.InvariantCulture, $"{node:D4}{Nodes + (number % Callers):D4}\"id\":{number} {rest}"),
            message => RoutedPath.NumberAfter(message.Span, "\"id\":"u8), Nodes);
    }

    /// <summary>Back to whom the second four digits name.</summary>
    private static async Task EchoAsync(WireSession node, CancellationToken cancel)
    {
        while (true)
        {
            var message = await node.NextAsync(cancel);
            var back = message.ToArray();
            message.Span.Slice(BareWire.AddressDigits, BareWire.AddressDigits).CopyTo(back);
            await node.SendAsync(back, cancel);
        }
    }

    private sealed record Measured(List<double> P50, List<double> P99, List<double> Peak);
}

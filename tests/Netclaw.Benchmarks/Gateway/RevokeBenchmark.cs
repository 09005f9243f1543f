using System.Diagnostics;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>From the operator's call to the revoked device's sockets seen closed by the client, with 11,000 sessions standing at first. The call's own return is beside it.</summary>
internal static class RevokeBenchmark
{
    private const int Devices = 220;

    /// <summary>Revoked first and not counted: they pay for code that is compiled on first use.</summary>
    private const int WarmUp = 20;
    private const int SessionsPerDevice = 50;
    private const int Workers = 16;

    public static async Task RunAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(9));
        await using var daemon = await DaemonProcess.StartAsync();
        await using var host = await PairedDevices.OperatorAsync(daemon, bound.Token);
        var keys = new List<SigningKey>();
        for (var device = 0; device < Devices; device++)
        {
            keys.Add(await PairedDevices.PairByRequestAsync(daemon, host, $"bench-{device}"));
        }

        var sessions = keys.ToDictionary(key => key, _ => new List<RawSession>());
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            for (var index = Interlocked.Increment(ref next); index < Devices * SessionsPerDevice; index = Interlocked.Increment(ref next))
            {
                var key = keys[index % Devices];
                var session = await RawSession.ConnectAsync(daemon.Endpoint, key, ScopeSet.ReadWrite, bound.Token, 4 * 1024);
                lock (sessions[key])
                {
                    sessions[key].Add(session);
                }
            }
        }));
        Figures.Line($"{Devices * SessionsPerDevice:N0} sessions of {Devices} devices stand");

        var closed = new List<double>();
        var returned = new List<double>();
        foreach (var (index, key) in keys.Index())
        {
            if (index == WarmUp)
            {
                closed.Clear();
                returned.Clear();
            }

            var started = Stopwatch.GetTimestamp();
            var seen = Task.WhenAll(sessions[key].Select(async session =>
            {
                await session.UntilClosedAsync(bound.Token);
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }));
            var result = await host.CallAsync(PairRemoveParams.Method, new PairRemoveParams(key.Public.DeviceId, "benchmark"),
                ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, bound.Token);
            returned.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (result.ConnectionsClosed != SessionsPerDevice)
            {
                throw new InvalidOperationException($"{result.ConnectionsClosed} closed, {SessionsPerDevice} stood");
            }

            closed.AddRange(await seen);
            sessions[key].ForEach(session => session.Dispose());
            key.Dispose();
        }

        Figures.Line($"revoke to socket closed, {Devices * SessionsPerDevice:N0} sessions: p50 {Figures.Percentile(closed, 50):N2} ms, p99 {Figures.Percentile(closed, 99):N2} ms (goal p99 10), max {closed.Max():N2} ms, n={closed.Count}");
        Figures.Line($"revoke call, {SessionsPerDevice} sockets each: p50 {Figures.Percentile(returned, 50):N2} ms, p99 {Figures.Percentile(returned, 99):N2} ms, n={returned.Count}");
    }
}

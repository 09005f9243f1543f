using System.Diagnostics;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>One code-first pairing end to end: connect, exchange, stretch on the device, durable write, counter-proof. The code is minted before the clock starts.</summary>
internal static class CodePairingBenchmark
{
    private const int Runs = 15;

    public static async Task RunAsync()
    {
        await using var daemon = await DaemonProcess.StartAsync();
        await using var host = await PairedDevices.OperatorAsync(daemon);
        (await PairedDevices.PairByCodeAsync(daemon, await PairedDevices.MintAsync(host))).Dispose();
        var pairing = new List<double>();
        var minting = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var clock = Stopwatch.StartNew();
            var code = await PairedDevices.MintAsync(host);
            minting.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            using var key = await PairedDevices.PairByCodeAsync(daemon, code);
            pairing.Add(clock.Elapsed.TotalMilliseconds);
        }

        Figures.Summary("one code-first pairing (goal 400)", pairing, "ms");
        Figures.Summary("minting a code: one stretch and one flush (control)", minting, "ms");
    }
}

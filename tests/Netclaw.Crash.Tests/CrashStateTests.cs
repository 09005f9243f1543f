using System.Diagnostics;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>
/// Every state that a power cut may leave behind, on a disk that keeps what it was told to flush and any part of the rest: recovered from by the product's own
/// code, and held against what had been acknowledged by then.
/// </summary>
public sealed class CrashStateTests(ITestOutputHelper output)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("NETCLAW_LONG") == "1";

    /// <summary>A seed of one's own goes through what another run has found.</summary>
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("NETCLAW_SEED"), out var given) ? given : Random.Shared.Next();

    [Fact]
    public async Task EveryStateAfterACrash_IsRecoveredFrom_WithNothingLostAndNothingInvented()
    {
        var least = Long ? 1_000_000 : 100_000;
        var distinct = new HashSet<ulong>();
        var full = 0;
        output.WriteLine($"seed {Seed}");
        for (var round = 0; distinct.Count < least || round == 0; round++)
        {
            foreach (var scenario in Scenario.All)
            {
                var watch = Stopwatch.StartNew();
                var before = distinct.Count;
                using var recorded = new ScratchHome();
                var run = await scenario.RecordAsync(recorded, Seed + round);
                using var scratch = new ScratchHome();
                var enumeration = new Enumeration(run, Seed + round, Long ? 8 : 1, distinct, fullEvery: 400);
                await enumeration.GoThroughAsync(scratch, CancellationToken.None);
                full += enumeration.FullRecoveries;
                output.WriteLine($"{scenario.Name}: {run.Events.Count} events, {run.History.Count} records, {distinct.Count - before} new states in {watch.ElapsedMilliseconds} ms");
            }
        }

        output.WriteLine($"{distinct.Count} distinct states, {full} of them by a real start too");
        Assert.True(full > least / 800, $"only {full} real starts");
    }
}

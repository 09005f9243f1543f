using System.Collections.Concurrent;
using System.Globalization;
using Netclaw.KillLoop.Oracle;
using Netclaw.KillLoop.Rounds;
using Netclaw.Protocol;
using Netclaw.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Netclaw.KillLoop;

/// <summary>
/// SIGKILL at random points, from the first moment of a start to deep in load, and the clients' own record of acknowledgements as the oracle.
/// <c>NETCLAW_SEED</c> repeats a run; <c>NETCLAW_LONG=1</c> makes it 10,000 kills.
/// </summary>
public sealed class KillLoopTests(ITestOutputHelper output)
{
    private const int KillsInCi = 200;
    private const int KillsInTheLongRun = 10_000;

    /// <summary>Homes at once: most of a round is one daemon's start, which one core does.</summary>
    private const int Lanes = 2;

    /// <summary>The list of all devices is read after every kill: a home that has seen this many is left for a fresh one.</summary>
    private const int MostKillsPerHome = 500;

    [Fact]
    public async Task Promises_AreKept_HoweverOftenTheDaemonIsKilled()
    {
        var kills = Number("NETCLAW_KILLS") ?? (TestRun.IsLong ? KillsInTheLongRun : KillsInCi);
        var seed = TestRun.Seed;
        var plans = new ConcurrentQueue<KillPlan>();
        for (var (left, perHome) = (kills, Math.Min(MostKillsPerHome, (kills + Lanes - 1) / Lanes)); left > 0; left -= perHome, seed++)
        {
            plans.Enqueue(new KillPlan(Executables.Daemon, Math.Min(perHome, left), seed));
        }

        using var broken = new CancellationTokenSource();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => LaneAsync(plans, broken)));
    }

    private async Task LaneAsync(ConcurrentQueue<KillPlan> plans, CancellationTokenSource broken)
    {
        while (!broken.IsCancellationRequested && plans.TryDequeue(out var plan))
        {
            try
            {
                await KillAsync(plan, broken.Token);
            }
            catch (Exception)
            {
                await broken.CancelAsync();
                throw;
            }
        }
    }

    private async Task KillAsync(KillPlan plan, CancellationToken broken)
    {
        var root = Directory.CreateTempSubdirectory("netclaw-kill-").FullName;
        var run = new KillRun(plan, NetclawHome.At(root, _ => null), line => Say($"seed {plan.Seed}: {line}"));
        Say($"seed {plan.Seed}: {plan.Kills} kills of {root}");
        try
        {
            await run.RunAsync(broken);
        }
        catch (BrokenPromiseException e)
        {
            var ledger = Path.Combine(root, "ledger.log");
            await File.WriteAllLinesAsync(ledger, run.Ledger.Lines, CancellationToken.None);
            throw new XunitException(
                $"{e.Message}\nthe home: {root}\nwhat was asked and answered: {ledger}\nonce more: NETCLAW_SEED={plan.Seed} ./test Netclaw.KillLoop.Tests\n{e.StackTrace}");
        }

        Directory.Delete(root, recursive: true);
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        Console.Error.WriteLine("kill loop: " + line);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using System.Globalization;
using Netclaw.Benchmarks.Gateway;
using Netclaw.Benchmarks.Runtime;
using Netclaw.Benchmarks.Runtime.Persistence;
using Netclaw.Benchmarks.Trust;

namespace Netclaw.Benchmarks;

/// <summary>The named benchmarks. The first argument picks one, or all that begin with it; none lists them.</summary>
internal static class BenchmarkRegistry
{
    private static readonly IReadOnlyList<(string Name, Func<Task> Run)> All =
    [
        .. Measured(TellBenchmarks.All),
        .. Measured(ChildrenBenchmarks.All),
        .. Measured(AskBenchmarks.All),
        .. Measured(StartBenchmark.All),
        ("runtime/memory-journal", PersistenceBenchmarks.MemoryJournal),
        ("runtime/sqlite-journal", PersistenceBenchmarks.SqliteJournal),
        ("runtime/sqlite-recovery", PersistenceBenchmarks.SqliteRecovery),
        .. Measured(EvidenceBenchmarks.All),
        ("gateway/handshakes", HandshakeBenchmark.RunAsync),
        ("gateway/auth-modes", AuthModeBenchmark.RunAsync),
        ("gateway/memory", MemoryBenchmark.RunAsync),
        ("gateway/approvals", ApprovalBenchmark.RunAsync),
        ("gateway/code-pairing", CodePairingBenchmark.RunAsync),
        ("gateway/start", StartUpBenchmark.RunAsync),
        ("gateway/status", StatusBenchmark.RunAsync),
        ("gateway/doctor", DoctorBenchmark.RunAsync),
        ("gateway/repair", RepairBenchmark.RunAsync),
        ("gateway/backup", BackupBenchmark.RunAsync),
        ("gateway/revoke", RevokeBenchmark.RunAsync),
        ("gateway/flood", FloodBenchmark.RunAsync),
        ("gateway/ws-handshakes", WireHandshakeBenchmark.RunAsync),
        ("gateway/ws-idle", WireIdleBenchmark.RunAsync),
        ("gateway/ws-broadcast", WireBroadcastBenchmark.RunAsync),
        ("gateway/ws-stampede", WireStampedeBenchmark.RunAsync),
        ("gateway/ws-routed", WireRoutedBenchmark.RunAsync),
        ("gateway/conversations", ConversationBenchmark.RunAsync),
        ("gateway/deltas", DeltaBenchmark.RunAsync),
        ("gateway/spawn", SpawnBenchmark.RunAsync),
        ("gateway/cron", CronBenchmark.RunAsync),
        .. Measured(PolicyBenchmark.All),
        ("gateway/explain", ExplainBenchmark.RunAsync),
    ];

    public static async Task<int> Run(string[] args)
    {
        if (args is [BareServer.Mode])
        {
            await BareServer.ServeAsync();
            return 0;
        }

        if (args is [HostileCrowd.Mode, var endpoint, var attempts, var perSecond])
        {
            await HostileCrowd.AttackAsync(endpoint, int.Parse(attempts, CultureInfo.InvariantCulture), int.Parse(perSecond, CultureInfo.InvariantCulture));
            return 0;
        }

        var chosen = All.Where(each => args.Length > 0 && each.Name.StartsWith(args[0], StringComparison.Ordinal)).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Netclaw.Benchmarks -- NAME   (or the beginning of several names)");
            foreach (var (name, _) in All)
                Console.Error.WriteLine($"  {name}");
            return 2;
        }

        foreach (var (_, run) in chosen)
            await run();
        return 0;
    }

    private static IEnumerable<(string Name, Func<Task> Run)> Measured(IEnumerable<Benchmark> benchmarks) =>
        benchmarks.Select(static each => (each.Name, (Func<Task>)(async () => Console.WriteLine(await each.Measure()))));
}

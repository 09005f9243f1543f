using System.Globalization;
using Akka.Actor;
using Akka.Configuration;

namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>
/// The persistence rows of the speed table. Each prints its rounds; take the last, or the median over processes.
/// </summary>
internal static class PersistenceBenchmarks
{
    private const int Rounds = 3;
    private const int Slices = 6;

    /// <summary><c>runtime/memory-journal</c>: the cost of a persistent actor without a disk.</summary>
    public static async Task MemoryJournal()
    {
        var system = ActorSystem.Create("bench", ConfigurationFactory.ParseString(FactSerializer.Hocon + "\n" + """
            akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            """));
        for (var round = 0; round < Rounds; round++)
        {
            Print("Persist", await WriterRuns.OneAtATime(system, $"one{round}", 1, 500_000));
            Print("PersistAll(100)", await WriterRuns.InBatches(system, $"all{round}", 10_000, 100));
            Print("replay", await WriterRuns.Recovery(system, $"all{round}-0", 1_000_000));
        }

        await system.Terminate();
    }

    /// <summary><c>runtime/sqlite-journal</c>: writing, beside raw SQLite with the same schema and row in the same process.</summary>
    public static Task SqliteJournal() => OnSqlite(async (system, raw, round) =>
    {
        await BesideRaw(
            "1 writer, one at a time",
            () => raw.RowsPerSecond(500, 1),
            slice => WriterRuns.OneAtATime(system, $"one{round}-{slice}", 1, 500));
        Print("256 writers, one at a time each", await WriterRuns.OneAtATime(system, $"many{round}", 256, 500));
        await BesideRaw(
            "PersistAll(1000)",
            () => raw.RowsPerSecond(15, 1000),
            slice => WriterRuns.InBatches(system, $"all{round}-{slice}", 15, 1000));
    });

    /// <summary>Control and subject in turns of equal work, so that a busy neighbour slows both.</summary>
    private static async Task BesideRaw(string what, Func<double> control, Func<int, Task<Sample>> subject)
    {
        double controlTime = 0, subjectTime = 0, bytes = 0;
        for (var slice = 0; slice < Slices; slice++)
        {
            controlTime += 1 / control();
            var sample = await subject(slice);
            subjectTime += 1 / sample.Value;
            bytes += sample.BytesPerOperation / Slices;
        }

        Print($"raw SQLite beside {what}", new Sample(Slices / controlTime));
        Print(what, new Sample(Slices / subjectTime, bytes), Slices / controlTime);
    }

    /// <summary><c>runtime/sqlite-recovery</c>: one actor with 100,000 events of 200 bytes.</summary>
    public static Task SqliteRecovery() => OnSqlite(async (system, _, round) =>
    {
        if (round == 0)
        {
            await WriterRuns.InBatches(system, "past", 100, 1000);
        }

        Print("recovery of 100,000 events", await WriterRuns.Recovery(system, "past-0", 100_000));
    });

    private static async Task OnSqlite(Func<ActorSystem, RawSqlite, int, Task> run)
    {
        var directory = Directory.CreateTempSubdirectory("ncbench").FullName;
        Console.WriteLine(SqliteChoice.Use());
        var system = ActorSystem.Create("bench", ConfigurationFactory.ParseString($$"""
            {{FactSerializer.Hocon}}
            akka.persistence.journal.plugin = "akka.persistence.journal.sql"
            akka.persistence.journal.sql {
              class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
              connection-string = "Data Source={{directory}}/journal.db"
              provider-name = "SQLite.MS"
            }
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            """));
        try
        {
            await WriterRuns.OneAtATime(system, "warm", 1, 200);
            using var raw = new RawSqlite(Path.Combine(directory, "raw.db"), Path.Combine(directory, "journal.db"));
            for (var round = 0; round < Rounds; round++)
            {
                await run(system, raw, round);
            }
        }
        finally
        {
            await system.Terminate();
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Print(string what, Sample sample, double? control = null) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-42} {sample.Value,12:N0} events/s{(control is { } raw ? $"  {sample.Value / raw,6:P0} of raw" : "")}{(sample.BytesPerOperation < 0 ? "" : $", {sample.BytesPerOperation:N0} bytes each")}"));
}

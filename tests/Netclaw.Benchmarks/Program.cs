using Netclaw.Benchmarks.Runtime.Persistence;

switch (args.FirstOrDefault())
{
    case "runtime/memory-journal":
        await PersistenceBenchmarks.MemoryJournal();
        return 0;
    case "runtime/sqlite-journal":
        await PersistenceBenchmarks.SqliteJournal();
        return 0;
    case "runtime/sqlite-recovery":
        await PersistenceBenchmarks.SqliteRecovery();
        return 0;
    default:
        Console.Error.WriteLine("Name a benchmark: runtime/memory-journal, runtime/sqlite-journal or runtime/sqlite-recovery.");
        return 2;
}

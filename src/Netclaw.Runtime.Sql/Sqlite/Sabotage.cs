namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>Ways to break the journal on purpose, in builds with <c>-p:Sabotage=true</c> only; docs/adr/0026.</summary>
internal static class Sabotage
{
#if SABOTAGE
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("NETCLAW_SABOTAGE");

    public static bool SkipJournalFlush => Chosen == nameof(SkipJournalFlush);

    public static bool ForgetAFailedFlush => Chosen == nameof(ForgetAFailedFlush);
#else
    public static bool SkipJournalFlush => false;

    public static bool ForgetAFailedFlush => false;
#endif
}

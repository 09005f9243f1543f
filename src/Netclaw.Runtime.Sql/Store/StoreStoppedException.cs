namespace Netclaw.Runtime.Sql.Store;

/// <summary>A write was refused because an earlier flush of the same database failed; the inner exception is that first failure.</summary>
internal sealed class StoreStoppedException(string database, Exception first, string remedy = "Free the cause, then restart the process")
    : Exception($"{database} takes no more writes since a flush failed ({first.Message}). What was acknowledged before is safe. {remedy}.", first);

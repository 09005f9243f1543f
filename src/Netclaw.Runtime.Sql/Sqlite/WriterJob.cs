using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>One unit of writing: its statements take effect together or not at all, whatever its neighbours in the transaction do.</summary>
internal abstract class WriterJob
{
    /// <summary>True when a refused statement would leave earlier statements of the same job to be undone.</summary>
    public abstract bool NeedsSavepoint { get; }

    public abstract void Apply(SqliteDatabase database, IStoreFaults? faults);

    /// <summary>Called once, on the writer thread; null when the job is durable. Neither blocks nor throws.</summary>
    public abstract void Completed(Exception? failure);

    /// <summary>What this job's broken unique key means.</summary>
    public virtual Exception Refusal(string database, SqliteFailure failure) => failure;
}

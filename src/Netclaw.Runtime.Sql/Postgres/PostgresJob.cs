using Netclaw.Runtime.Sql.Store;
using Npgsql;

namespace Netclaw.Runtime.Sql.Postgres;

/// <summary>One unit of writing, answered exactly once.</summary>
internal abstract class PostgresJob
{
    /// <summary>Whose events it changes; null when it changes nothing.</summary>
    public abstract string? PersistenceId { get; }

    /// <summary>Null when durable. Neither blocks nor throws.</summary>
    public abstract void Completed(Exception? failure);
}

/// <summary>Events; they share a transaction with their neighbours.</summary>
internal sealed class InsertJob(EventWrite write) : PostgresJob
{
    public EventWrite Write { get; } = write;

    public override string? PersistenceId => Write.PersistenceId;

    public override void Completed(Exception? failure) => Write.Completed(failure);
}

/// <summary>Statements that make up a transaction of their own; no statements at all only mark a place in the queue.</summary>
internal sealed class TransactionJob(StoreCall call, string? persistenceId, Func<NpgsqlConnection, IEnumerable<NpgsqlBatchCommand>>? statements) : PostgresJob
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreCall Call { get; } = call;

    public override string? PersistenceId { get; } = persistenceId;

    public Func<NpgsqlConnection, IEnumerable<NpgsqlBatchCommand>>? Statements { get; } = statements;

    public Task Done => _done.Task;

    public override void Completed(Exception? failure)
    {
        if (failure is null || Statements is null)
        {
            _done.SetResult();
        }
        else
        {
            _done.SetException(failure);
        }
    }
}

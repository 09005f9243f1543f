using System.Collections.Concurrent;
using System.Threading.Channels;
using Netclaw.Runtime.Sql.Store;
using Npgsql;

namespace Netclaw.Runtime.Sql.Postgres;

/// <summary>
/// The one writer of a PostgreSQL journal. Whatever was queued while a flush was running shares the next one. A flush that fails after
/// it was sent has an unknown outcome, so from then on a persistence id is refused until it is recovered anew, which reads what
/// the server really kept. A server that cannot be reached only refuses what was asked meanwhile.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const int LargestGroup = 1024;

    // A connection that rested may be dead without knowing; asking first keeps a restarted server from stopping the journal.
    private static readonly TimeSpan TrustedIdle = TimeSpan.FromSeconds(1);

    private readonly Channel<PostgresJob> _queue = Channel.CreateUnbounded<PostgresJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly PostgresServer _server;
    private readonly TimeProvider _time;
    private readonly Task _running;
    private readonly List<PostgresJob> _group = [];
    private readonly ConcurrentDictionary<string, bool> _recovered = new(StringComparer.Ordinal);
    private NpgsqlConnection? _connection;
    private long _lastUsed;
    private int _unanswered;

    public PostgresWriter(PostgresServer server, TimeProvider time)
    {
        _server = server;
        _time = time;
        _running = Task.Run(Run);
    }

    public void Enqueue(PostgresJob job)
    {
        Interlocked.Increment(ref _unanswered);
        if (!_queue.Writer.TryWrite(job))
        {
            Interlocked.Decrement(ref _unanswered);
            job.Completed(new ObjectDisposedException(_server.Name, $"{_server.Name} is closed."));
        }
    }

    public Task Drained()
    {
        if (Volatile.Read(ref _unanswered) == 0)
        {
            return Task.CompletedTask;
        }

        var marker = new TransactionJob(StoreCall.Begin, null, null);
        Enqueue(marker);
        return marker.Done;
    }

    /// <summary>
    /// The id's highest number was just read, after its earlier writes were answered: whoever continues from there knows how a failed flush
    /// ended. One that the server still finishes behind our back takes its number, and the next write is refused by the unique key.
    /// </summary>
    public void Recovering(string persistenceId)
    {
        if (StoppedStores.Cause(_server.Name) is not null)
        {
            _recovered.TryAdd(persistenceId, true);
        }
    }

    /// <summary>Writes what is queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        await Disconnect().ConfigureAwait(false);
    }

    private async Task Run()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            TakeGroup();
            RefuseUnrecovered();
            if (_group.Count == 0)
            {
                continue;
            }

            var answers = await Answers().ConfigureAwait(false);
            for (var i = 0; i < _group.Count; i++)
            {
                _group[i].Completed(answers(i));
                Interlocked.Decrement(ref _unanswered);
            }
        }
    }

    /// <summary>Either neighbouring inserts, or one other job.</summary>
    private void TakeGroup()
    {
        _group.Clear();
        while (_group.Count < LargestGroup && _queue.Reader.TryPeek(out var next) && (_group.Count == 0 || next is InsertJob))
        {
            _queue.Reader.TryRead(out _);
            _group.Add(next);
            if (next is not InsertJob)
            {
                return;
            }
        }
    }

    private void RefuseUnrecovered()
    {
        if (StoppedStores.Cause(_server.Name) is not { } first)
        {
            return;
        }

        _group.RemoveAll(job =>
        {
            if (job.PersistenceId is not { } id || _recovered.ContainsKey(id))
            {
                return false;
            }

            job.Completed(new StoreStoppedException(_server.Name, first, "Recover the actor again"));
            Interlocked.Decrement(ref _unanswered);
            return true;
        });
    }

    private async Task<Func<int, Exception?>> Answers()
    {
        if (_group is [TransactionJob { Statements: null }])
        {
            return _ => null;
        }

        try
        {
            await EnsureConnected().ConfigureAwait(false);
        }
        catch (Exception unreachable)
        {
            var refusal = new FlushFailedException(_server.Name, unreachable);
            return _ => refusal;
        }

        try
        {
            var refusals = _group is [TransactionJob job]
                ? await Transact(job).ConfigureAwait(false)
                : await Insert(_group.ConvertAll(job => ((InsertJob)job).Write)).ConfigureAwait(false);
            _server.Faults?.At(StoreCall.Committed);
            _lastUsed = _time.GetTimestamp();
            return i => refusals?[i];
        }
        catch (Exception cause)
        {
            var failure = new FlushFailedException(_server.Name, cause);
            StoppedStores.Stop(_server.Name, failure);
            _recovered.Clear();
            await Disconnect().ConfigureAwait(false);
            return _ => failure;
        }
    }

    private async Task EnsureConnected()
    {
        if (_connection is { State: System.Data.ConnectionState.Open } && _time.GetElapsedTime(_lastUsed) < TrustedIdle)
        {
            return;
        }

        if (_connection is { } old)
        {
            try
            {
                await PostgresServer.Execute(old, "SELECT 1", CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (Exception dead) when (dead is NpgsqlException or InvalidOperationException)
            {
                await Disconnect().ConfigureAwait(false);
            }
        }

        _connection = await _server.ConnectForWriting(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task Disconnect()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Exception?[]?> Transact(TransactionJob job)
    {
        // A batch outside an explicit transaction is one transaction by itself.
        _server.Faults?.At(job.Call);
        await using var batch = new NpgsqlBatch(_connection);
        foreach (var statement in job.Statements!(_connection!))
        {
            batch.BatchCommands.Add(statement);
        }

        _server.Faults?.At(StoreCall.Commit);
        await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        return null;
    }

    private async Task<Exception?[]?> Insert(List<EventWrite> writes)
    {
        _server.Faults?.At(StoreCall.Begin);
        try
        {
            await InsertTogether(writes).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException broken) when (broken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // The server refused the statement, so nothing is stored and nothing was flushed: find out whose number it was.
            return await InsertApart(writes).ConfigureAwait(false);
        }
    }

    private async Task InsertTogether(List<EventWrite> writes)
    {
        _server.Faults?.At(StoreCall.Insert);
        await using var insert = InsertCommand.Create(_connection!, _server.Prefix, writes);
        _server.Faults?.At(StoreCall.Commit);
        await insert.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private async Task<Exception?[]> InsertApart(List<EventWrite> writes)
    {
        var refusals = new Exception?[writes.Count];
        await using var transaction = await _connection!.BeginTransactionAsync().ConfigureAwait(false);
        for (var i = 0; i < writes.Count; i++)
        {
            await transaction.SaveAsync("job").ConfigureAwait(false);
            try
            {
                await using var insert = InsertCommand.Create(_connection, _server.Prefix, [writes[i]]);
                await insert.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
            catch (PostgresException broken) when (broken.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                await transaction.RollbackAsync("job").ConfigureAwait(false);
                refusals[i] = new WriteRefusedException(_server.Name, writes[i], broken);
            }
        }

        _server.Faults?.At(StoreCall.Commit);
        await transaction.CommitAsync().ConfigureAwait(false);
        return refusals;
    }
}

using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Sql.Sqlite;

/// <summary>
/// The one thread that writes a database file. Whatever was queued while a flush was running becomes the next transaction, so many
/// writers share one flush without waiting for each other on purpose.
/// <list type="number">
/// <item>take everything that is queued (<see cref="Take"/>);</item>
/// <item>begin, apply each job, undoing a refused one alone;</item>
/// <item>commit, which flushes (synchronous FULL);</item>
/// <item>answer the jobs in the order they came.</item>
/// </list>
/// Any failure but a job's own broken unique key fails the whole group and stops the writer for good.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int LargestGroup = 1024;

    // A hand-over to a sleeping thread costs about a quarter of a flush; writers that answer each other keep it awake this long.
    private const int TurnsAwake = 30;

    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly string _path;
    private readonly SqliteDatabase _database;
    private readonly IStoreFaults? _faults;
    private readonly Thread _thread;
    private readonly Queue<WriterJob> _waiting = new();
    private readonly List<WriterJob> _group = new();
    private readonly List<Exception?> _refusals = new();
    private int _queued;
    private bool _busy;
    private bool _asleep;
    private bool _closing;

    public SqliteWriter(string path, SqliteDatabase database, IStoreFaults? faults)
    {
        _path = path;
        _database = database;
        _faults = faults;
        _thread = new Thread(Run) { IsBackground = true, Name = "netclaw-sqlite-writer" };
        _thread.Start();
    }

    public void Enqueue(WriterJob job)
    {
        lock (_gate)
        {
            if (!_closing)
            {
                Queue(job);
                return;
            }
        }

        job.Completed(new ObjectDisposedException(_path, $"{_path} is closed."));
    }

    /// <summary>Completes when every job queued before the call has been answered.</summary>
    public Task Drained()
    {
        lock (_gate)
        {
            if (_closing || (!_busy && _waiting.Count == 0))
            {
                return Task.CompletedTask;
            }

            var marker = new DrainMarker();
            Queue(marker);
            return marker.Reached;
        }
    }

    /// <summary>Writes what is queued, then closes the connection.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        if (Thread.CurrentThread != _thread && _thread.Join(LongestClose))
        {
            _database.Dispose();
        }
    }

    private void Queue(WriterJob job)
    {
        _waiting.Enqueue(job);
        Volatile.Write(ref _queued, _waiting.Count);
        if (_asleep)
        {
            _asleep = false;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Take())
        {
            if (StoppedStores.Cause(_path) is { } first)
            {
                Answer(new StoreStoppedException(_path, first));
            }
            else if (_group.TrueForAll(job => job is DrainMarker))
            {
                Answer(null);
            }
            else
            {
                Answer(Flush());
            }
        }
    }

    private bool Take()
    {
        _group.Clear();
        lock (_gate)
        {
            _busy = false;
        }

        var spin = default(SpinWait);
        for (var turn = 0; turn < TurnsAwake && Volatile.Read(ref _queued) == 0; turn++)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closing)
                {
                    return false;
                }

                _asleep = true;
                Monitor.Wait(_gate);
            }

            while (_group.Count < LargestGroup && _waiting.TryDequeue(out var job))
            {
                _group.Add(job);
            }

            Volatile.Write(ref _queued, _waiting.Count);
            _busy = true;
            return true;
        }
    }

    private Exception? Flush()
    {
        try
        {
            _refusals.Clear();
            Call(StoreCall.Begin, "BEGIN IMMEDIATE", "begin a transaction");
            foreach (var job in _group)
            {
                _refusals.Add(Apply(job));
            }

            Call(StoreCall.Commit, "COMMIT", "commit");
            _faults?.At(StoreCall.Committed);
            return null;
        }
        catch (Exception cause)
        {
            RollBack();
            var failure = new FlushFailedException(_path, cause);
            if (!Sabotage.ForgetAFailedFlush)
            {
                StoppedStores.Stop(_path, failure);
            }

            return failure;
        }
    }

    private Exception? Apply(WriterJob job)
    {
        if (job.NeedsSavepoint)
        {
            Step("SAVEPOINT job", "set a savepoint");
        }

        try
        {
            job.Apply(_database, _faults);
        }
        catch (SqliteFailure failure) when (failure.IsUniqueViolation)
        {
            if (job.NeedsSavepoint)
            {
                Step("ROLLBACK TO job", "undo a refused write");
                Step("RELEASE job", "release a savepoint");
            }

            return job.Refusal(_path, failure);
        }

        if (job.NeedsSavepoint)
        {
            Step("RELEASE job", "release a savepoint");
        }

        return null;
    }

    private void Answer(Exception? failure)
    {
        for (var i = 0; i < _group.Count; i++)
        {
            _group[i].Completed(failure ?? (i < _refusals.Count ? _refusals[i] : null));
        }

        _refusals.Clear();
    }

    private void RollBack()
    {
        try
        {
            if (_database.InTransaction)
            {
                Step("ROLLBACK", "roll back");
            }
        }
        catch (SqliteFailure)
        {
            // The first failure is the one to tell; the connection is not used again.
        }
    }

    private void Call(StoreCall call, string sql, string purpose)
    {
        _faults?.At(call);
        Step(sql, purpose);
    }

    private void Step(string sql, string purpose) => _database.Statement(sql, purpose).Run();

    private sealed class DrainMarker : WriterJob
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public override bool NeedsSavepoint => false;

        public override void Apply(SqliteDatabase database, IStoreFaults? faults)
        {
        }

        public override void Completed(Exception? failure) => _reached.SetResult();
    }
}

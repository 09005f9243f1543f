using Netclaw.Runtime.Contract.Persistence;
using Netclaw.Runtime.Sql.Postgres;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

/// <summary>What a PostgreSQL journal does when its server goes away.</summary>
public sealed class PostgresConnectionTests
{
    [PostgresFact]
    public async Task Server_ThatRestartedWhileNothingWasWritten_IsUsedAgain()
    {
        await using var cluster = await PostgresCluster.Start();
        var time = new SteppingTime();
        await using var store = await Open(cluster, time);
        Assert.Null(await store.WriteNow(PendingWrite.Of("p", 1, "before")));

        await cluster.Stop();
        var refused = Assert.IsType<FlushFailedException>(await WriteLater(store, time, PendingWrite.Of("p", 2, "meanwhile")));
        Assert.Null(store.Stopped);
        Assert.NotNull(refused.InnerException);
        await cluster.StartAgain();

        Assert.Null(await WriteLater(store, time, PendingWrite.Of("p", 2, "after")));
        Assert.Equal(["before", "after"], await store.ReadTexts("p"));
    }

    [PostgresFact]
    public async Task Connection_LostWithAFlushUnderWay_StopsTheStore()
    {
        await using var cluster = await PostgresCluster.Start();
        var faults = new ScriptedFaults();
        await using var store = await Open(cluster, TimeProvider.System, faults);
        Assert.Null(await store.WriteNow(PendingWrite.Of("p", 1, "before")));
        faults.Hold();
        var write = PendingWrite.Of("p", 2, "lost");
        store.Write(write);
        await faults.Held();

        await cluster.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        faults.Release();

        Assert.IsType<FlushFailedException>(await write.Answer);
        Assert.NotNull(store.Stopped);
        Assert.IsType<StoreStoppedException>(await store.WriteNow(PendingWrite.Of("p", 2, "again")));
    }

    [PostgresFact]
    public async Task Store_ThatLostAFlush_WritesAgainForWhomeverIsRecovered()
    {
        await using var cluster = await PostgresCluster.Start();
        var faults = new ScriptedFaults();
        await using var store = await Open(cluster, TimeProvider.System, faults);
        Assert.Null(await store.WriteNow(PendingWrite.Of("p", 1, "before")));
        faults.Fail = StoreCall.Committed;
        Assert.IsType<FlushFailedException>(await store.WriteNow(PendingWrite.Of("p", 2, "unacknowledged")));
        faults.Fail = null;
        Assert.IsType<StoreStoppedException>(await store.WriteNow(PendingWrite.Of("p", 2, "again")));

        // Its outcome was unknown; reading tells that it had become durable, so the next number is 3.
        Assert.Equal(2, await store.HighestSequenceNr("p", CancellationToken.None));
        Assert.Null(await store.WriteNow(PendingWrite.Of("p", 3, "after")));
        Assert.IsType<StoreStoppedException>(await store.WriteNow(PendingWrite.Of("q", 1, "of somebody who was not recovered")));
        Assert.Equal(["before", "unacknowledged", "after"], await store.ReadTexts("p"));
    }

    [PostgresFact]
    public async Task Recovery_BeforeTheNextFailedFlush_CountsForNothingAfterIt()
    {
        await using var cluster = await PostgresCluster.Start();
        var faults = new ScriptedFaults { Fail = StoreCall.Commit };
        await using var store = await Open(cluster, TimeProvider.System, faults);
        Assert.IsType<FlushFailedException>(await store.WriteNow(PendingWrite.Of("p", 1, "first")));
        await store.HighestSequenceNr("p", CancellationToken.None);
        Assert.IsType<FlushFailedException>(await store.WriteNow(PendingWrite.Of("p", 1, "second")));
        faults.Fail = null;

        Assert.IsType<StoreStoppedException>(await store.WriteNow(PendingWrite.Of("p", 1, "third")));
    }

    private static async Task<PostgresEventStore> Open(PostgresCluster cluster, TimeProvider time, IStoreFaults? faults = null)
    {
        var server = new PostgresServer(cluster.ConnectionString, null, faults);
        await server.CreateTables(PostgresTables.Journal(server.Prefix), CancellationToken.None);
        return new PostgresEventStore(server, time);
    }

    private static Task<Exception?> WriteLater(PostgresEventStore store, SteppingTime time, PendingWrite write)
    {
        time.Step(TimeSpan.FromSeconds(2));
        return store.WriteNow(write);
    }

    private sealed class SteppingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public void Step(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);
    }
}

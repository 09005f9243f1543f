using Netclaw.Actors.Journal;
using Netclaw.Protocol;
using Netclaw.Runtime.Contract.Persistence;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>A failover to a server that lacks what was acknowledged: a running daemon never goes on from there.</summary>
public sealed class OlderServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [PostgresFact]
    public async Task Server_ThatLacksAcknowledgedRecords_IsNeverServed_UntilTheOneThatHasThemIsBack()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var daemon = new DaemonOnPostgres(cluster, "postgres");
        await daemon.MustStartAsync();
        await using var owner = await daemon.OwnerAsync();
        var older = await daemon.PairAsync(owner, "older");
        var lost = daemon.Health.Failed;
        await cluster.Stop();
        await lost.WaitAsync(Patience);
        await cluster.KeepCopy("older");
        await cluster.StartAgain();
        await daemon.BecomesReadyAsync();
        var newer = await daemon.PairAsync(owner, "newer");
        var acknowledged = await SequenceAsync(cluster);

        await cluster.Stop();
        await cluster.KeepCopy("newer");
        await cluster.PutCopy("older");
        await cluster.StartAgain();
        var stored = await SequenceAsync(cluster);
        Assert.True(stored < acknowledged);
        await daemon.EventuallyAsync(async () => (await daemon.ReadyAsync()).Body.Contains("went back", StringComparison.Ordinal));

        // Named: whose record is missing, where the journal ends, and up to where it was acknowledged.
        var (status, body) = await daemon.ReadyAsync();
        Assert.Equal(503, status);
        var named = $"device-registry, record {stored + 1} cannot be read: the journal ends at {stored}, this process has seen {acknowledged} durable: it went back";
        Assert.Contains(named, body, StringComparison.Ordinal);
        Assert.Equal(JournalFailureKind.Unreadable, daemon.Health.Failure!.Kind);
        await daemon.EventuallyAsync(() => Task.FromResult(daemon.Log().Contains(named, StringComparison.Ordinal)));

        // Read from memory, never from there; nothing is written there either, however often the daemon looks again.
        Assert.Superset(new HashSet<DeviceId> { older, newer }, await daemon.PairedAsync(owner));
        var looks = daemon.Health.Epoch;
        await cluster.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'netclawd%'");
        await daemon.EventuallyAsync(() => Task.FromResult(daemon.Health.Epoch >= looks + 2));
        Assert.Equal(RefusalCode.JournalUnavailable, (await Assert.ThrowsAsync<GatewayException>(() => daemon.PairAsync(owner, "refused"))).Code);
        Assert.Equal(503, (await daemon.ReadyAsync()).Status);
        Assert.Equal(stored, await SequenceAsync(cluster));

        await cluster.Stop();
        await cluster.PutCopy("newer");
        await cluster.StartAgain();
        await daemon.BecomesReadyAsync();
        var after = await daemon.PairAsync(owner, "after");
        Assert.Superset(new HashSet<DeviceId> { older, newer, after }, await daemon.PairedAsync(owner));
    }

    private static Task<long> SequenceAsync(PostgresCluster cluster) =>
        cluster.Ask<long>("SELECT max(sequence_number) FROM journal WHERE persistence_id = 'device-registry'").WaitAsync(Patience);
}

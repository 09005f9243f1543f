using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Postgres;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>
/// The registry as its rows tell it, without the actor that writes it: no lock, nothing changed, beside a daemon and on a read-only file system. Every record
/// is checked against the chain on the way, from the newest snapshot on.
/// </summary>
internal static class RegistryReader
{
    private const string Id = DeviceRegistryActor.Id;

    /// <param name="postgres">Null: the journal is the home's SQLite files.</param>
    /// <exception cref="JournalRowsException">The database cannot be read.</exception>
    /// <exception cref="JournalDamageException">A record or the snapshot is not what was written.</exception>
    public static RegistrySnapshot Read(NetclawHome home, PostgresSettings? postgres, JournalKeys keys, DateTimeOffset now)
    {
        for (var asItLies = postgres is null; ; asItLies = false)
        {
            using var rows = postgres is not null ? (IJournalRows)PostgresRows.Open(postgres) : SqliteRows.Open(home, asItLies);
            var registry = Read(rows, keys, now);

            // A daemon began to use the files while they were read as they lay: once more, as a reader among others.
            if (!asItLies || rows is not SqliteRows { StillHolds: false })
            {
                return registry;
            }
        }
    }

    private static RegistrySnapshot Read(IJournalRows rows, JournalKeys keys, DateTimeOffset now)
    {
        var codec = new RegistryCodec();
        using var chain = new RecordChain(Id, keys);
        var state = RegistryState.Empty;
        if (rows.NewestSnapshots(int.MaxValue).FirstOrDefault(row => row.PersistenceId == Id) is { } newest)
        {
            var snapshot = NetclawSerializer.Unpack(newest.Snapshot, newest.Manifest);
            chain.Resume(newest.Sequence, snapshot);
            state = codec.DecodeSnapshot(snapshot.Manifest, snapshot.Bytes);
        }

        var draft = new RegistryDraft(state);
        foreach (var row in rows.RecordsAfter(Id, chain.Sequence))
        {
            var record = NetclawSerializer.Unpack(row.Message, row.Manifest);
            chain.Follow(row.Sequence, record);
            draft.Apply(codec.DecodeEvent(record.Manifest, record.Bytes));
        }

        return draft.ToState().View(now, chain.Sequence);
    }
}

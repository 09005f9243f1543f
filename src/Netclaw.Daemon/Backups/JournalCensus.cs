using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Keys;

namespace Netclaw.Daemon.Backups;

/// <summary>Judges a journal's records as they pass by, and counts what they come to.</summary>
internal sealed class JournalCensus(JournalKeys keys, GatewayMark mark)
{
    private readonly JournalAudit _audit = new(
        keys, StoredKinds.All,
        (mark.Heads ?? ImmutableSortedDictionary<string, MarkedHead>.Empty).ToDictionary(each => each.Key, each => each.Value.Head, StringComparer.Ordinal));

    private readonly RegistryCodec _codec = new();
    private RegistryDraft? _draft = new(RegistryState.Empty);

    public long Records { get; private set; }

    /// <summary>After <see cref="Complete"/> found nothing.</summary>
    public RegistryState State { get; private set; } = RegistryState.Empty;

    public void Add(StoredRecord row)
    {
        _audit.Add(row);
        Records++;
        if (row.PersistenceId != DeviceRegistryActor.Id)
        {
            return;
        }

        try
        {
            var record = NetclawSerializer.Unpack(row.Message, row.Manifest);
            _draft?.Apply(_codec.DecodeEvent(record.Manifest, record.Bytes));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _draft = null; // the audit names it
        }
    }

    /// <returns>The first thing wrong; null: sound.</returns>
    public JournalFault? Complete()
    {
        if (_audit.Complete().FirstBad is { } fault)
        {
            return fault;
        }

        if (_draft is null)
        {
            return new JournalFault(FaultKind.Unreadable, DeviceRegistryActor.Id, 0, "its records are sound each, and do not follow from each other");
        }

        State = _draft.ToState();
        return null;
    }
}

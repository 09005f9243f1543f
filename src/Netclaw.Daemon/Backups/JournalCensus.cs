using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Keys;

namespace Netclaw.Daemon.Backups;

/// <summary>Judges a journal's records as they pass by, and counts what they come to.</summary>
internal sealed class JournalCensus
{
    private readonly JournalAudit _audit;
    private readonly RegistryCodec _codec = new();
    private RegistryDraft? _draft = new(RegistryState.Empty);

    public JournalCensus(JournalKeys keys, GatewayMark mark)
    {
        var kinds = new Dictionary<string, StoredKinds>(StoredKinds.All, StringComparer.Ordinal);
        kinds[DeviceRegistryActor.Id] = kinds[DeviceRegistryActor.Id] with { Event = Take };
        _audit = new JournalAudit(
            keys, kinds, (mark.Heads ?? ImmutableSortedDictionary<string, MarkedHead>.Empty).ToDictionary(each => each.Key, each => each.Value.Head, StringComparer.Ordinal));
    }

    public long Records { get; private set; }

    /// <summary>After <see cref="Complete"/> found nothing.</summary>
    public RegistryState State { get; private set; } = RegistryState.Empty;

    public void Add(StoredRecord row)
    {
        _audit.Add(row);
        Records++;
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

    /// <summary>By the audit, once for each record of the registry that is in its place: what cannot be decoded is a fault of the record, what cannot follow is none.</summary>
    private void Take(string manifest, ReadOnlyMemory<byte> bytes)
    {
        var @event = _codec.DecodeEvent(manifest, bytes);
        try
        {
            _draft?.Apply(@event);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _draft = null;
        }
    }
}

using System.Collections.Frozen;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Actors.Spawning;

namespace Netclaw.Actors.Journal.Auditing;

/// <summary>What stands under one persistence id must mean something to this program.</summary>
/// <param name="Event">Throws for what cannot be decoded.</param>
/// <param name="Snapshot">Throws for what cannot be decoded.</param>
public sealed record StoredKinds(Action<string, ReadOnlyMemory<byte>> Event, Action<string, ReadOnlyMemory<byte>> Snapshot)
{
    /// <summary>Of an event that notes how far another chain had come: which, and its head. Null: nothing of this id does.</summary>
    public Func<string, ReadOnlyMemory<byte>, (string PersistenceId, JournalHead Head)?>? Notes { get; init; }

    /// <summary>Everything that Netclaw stores, by persistence id; one that ends with a slash is the beginning of many.</summary>
    public static FrozenDictionary<string, StoredKinds> All { get; } = new Dictionary<string, StoredKinds>
    {
        [DeviceRegistryActor.Id] = Of(new RegistryCodec()),
        [NodeQueuesActor.Id] = Of(new QueueCodec()),
        [ConversationsActor.Id] = Of(new CatalogueCodec()) with { Notes = RestedHead.Noted },
        [ConversationId.Family] = Of(new TranscriptCodec()),
        [RunsActor.Id] = Of(new RunCodec()),
        [CronActor.Id] = Of(new CronCodec()),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Null: nothing is written under this id.</returns>
    public static StoredKinds? Find(IReadOnlyDictionary<string, StoredKinds> kinds, string persistenceId) =>
        kinds.TryGetValue(persistenceId, out var kind) || kinds.TryGetValue(persistenceId[..(persistenceId.IndexOf('/', StringComparison.Ordinal) + 1)], out kind) ? kind : null;

    public static StoredKinds Of<TEvent, TSnapshot>(IRecordCodec<TEvent, TSnapshot> codec) => new(
        (manifest, bytes) => codec.DecodeEvent(manifest, bytes), (manifest, bytes) => codec.DecodeSnapshot(manifest, bytes));
}

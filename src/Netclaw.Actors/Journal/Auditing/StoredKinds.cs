using System.Collections.Frozen;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes.Queues;

namespace Netclaw.Actors.Journal.Auditing;

/// <summary>What stands under one persistence id must mean something to this program.</summary>
/// <param name="Event">Throws for what cannot be decoded.</param>
/// <param name="Snapshot">Throws for what cannot be decoded.</param>
public sealed record StoredKinds(Action<string, ReadOnlyMemory<byte>> Event, Action<string, ReadOnlyMemory<byte>> Snapshot)
{
    /// <summary>Everything that Netclaw stores, by persistence id.</summary>
    public static FrozenDictionary<string, StoredKinds> All { get; } = new Dictionary<string, StoredKinds>
    {
        [DeviceRegistryActor.Id] = Of(new RegistryCodec()),
        [NodeQueuesActor.Id] = Of(new QueueCodec()),
        [CronActor.Id] = Of(new CronCodec()),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static StoredKinds Of<TEvent, TSnapshot>(IRecordCodec<TEvent, TSnapshot> codec) => new(
        (manifest, bytes) => codec.DecodeEvent(manifest, bytes), (manifest, bytes) => codec.DecodeSnapshot(manifest, bytes));
}

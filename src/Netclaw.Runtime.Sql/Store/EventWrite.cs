namespace Netclaw.Runtime.Sql.Store;

/// <summary>
/// Events of one persistence id that are stored together or not at all, numbered without a gap from
/// <see cref="FirstSequenceNr"/>. It may share a transaction with other writes; their refusals never touch it.
/// </summary>
internal abstract class EventWrite
{
    public required string PersistenceId { get; init; }
    public required string WriterUuid { get; init; }
    public required long FirstSequenceNr { get; init; }

    /// <summary>UTC ticks, the same for all events of the write.</summary>
    public required long Created { get; init; }

    public required ReadOnlyMemory<EventData> Events { get; init; }

    /// <summary>
    /// Called exactly once, on the store's writer: null when every event is durable, otherwise why none is known to be.
    /// Must neither block nor throw.
    /// </summary>
    public abstract void Completed(Exception? failure);
}

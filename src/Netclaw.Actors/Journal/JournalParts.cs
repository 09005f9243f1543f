namespace Netclaw.Actors.Journal;

/// <summary>What every persistent actor of a process shares.</summary>
public sealed class JournalParts
{
    public required JournalKeys Keys { get; init; }
    public required JournalHealth Health { get; init; }
    public required TimeProvider Time { get; init; }
    public IDurabilityProbe Probe { get; init; } = new NoDurabilityProbe();
}

using System.Collections.Immutable;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>One conversation: what was said, and the turns that are open. Pure; what is too old to be held is in the journal alone.</summary>
/// <param name="Last">Sequence of the last message; 0 before the first.</param>
/// <param name="Held">The latest messages, oldest first.</param>
/// <param name="HeldCharacters">Of their texts.</param>
/// <param name="Once">Of held messages that are one of a kind: their sequence.</param>
/// <param name="Open">The first runs, the others wait in order.</param>
/// <param name="Closed">The latest, oldest first.</param>
public sealed record Transcript(
    long Last, ImmutableList<TranscriptMessage> Held, int HeldCharacters, ImmutableDictionary<string, long> Once, ImmutableList<OpenTurn> Open, ImmutableList<ClosedTurn> Closed)
{
    public static readonly Transcript Empty = new(0, [], 0, ImmutableDictionary.Create<string, long>(StringComparer.Ordinal), [], []);

    /// <summary>What the agent that answered last remembers by itself; null: nothing.</summary>
    public AgentMemory? Memory { get; init; }

    /// <summary>Sequence of the oldest message that is held.</summary>
    public long First => Last - Held.Count + 1;

    public TranscriptMessage? Find(long sequence) => sequence >= First && sequence <= Last ? Held[(int)(sequence - First)] : null;

    /// <summary>Turns before this one; -1: it is not open.</summary>
    public int Position(string run) => Open.FindIndex(turn => turn.Run == run);

    public ClosedTurn? Ended(string run) => Closed.FindLast(turn => turn.Run == run);

    public Transcript Apply(TranscriptEvent happened) => happened switch
    {
        TranscriptEvent.MessageAdded e => Add(e.Message),
        TranscriptEvent.TurnAsked e => this with { Open = Open.Add(e.Turn) },
        TranscriptEvent.TurnOver e => this with
        {
            Open = Open.RemoveAll(turn => turn.Run == e.Turn.Run),
            Closed = (Closed.Count < ConversationLimits.KnownTurns ? Closed : Closed.RemoveAt(0)).Add(e.Turn),
            Memory = e.Memory ?? Memory,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "no such event"),
    };

    private Transcript Add(TranscriptMessage message)
    {
        if (message.Sequence != Last + 1)
        {
            throw new InvalidOperationException($"message {message.Sequence} comes after {Last}");
        }

        var (held, characters, once) = (Held.Add(message), HeldCharacters + message.Text.Length, message.Once is { } kind ? Once.SetItem(kind, message.Sequence) : Once);
        while (held.Count > ConversationLimits.HeldMessages || (characters > ConversationLimits.HeldCharacters && held.Count > 1))
        {
            var oldest = held[0];
            (held, characters) = (held.RemoveAt(0), characters - oldest.Text.Length);
            once = oldest.Once is { } gone && once.GetValueOrDefault(gone) == oldest.Sequence ? once.Remove(gone) : once;
        }

        return this with { Last = message.Sequence, Held = held, HeldCharacters = characters, Once = once };
    }
}

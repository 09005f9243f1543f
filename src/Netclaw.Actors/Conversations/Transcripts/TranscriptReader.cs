using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>What a <see cref="TranscriptReader"/> found, to its parent.</summary>
internal sealed record OlderRead(ImmutableArray<TranscriptMessage> Messages);

/// <summary>
/// Reads one page of what its conversation holds no more: the records from the first one on, checked like those of every start, until the page is full. Writes nothing, tells its parent and stops; one that
/// stops without a word has found damage, or no journal.
/// </summary>
public sealed class TranscriptReader : NetclawPersistentActor<TranscriptEvent, Transcript>
{
    private readonly PageWindow _window;
    private bool _told;

    internal TranscriptReader(ConversationStart start, PageWindow window) : base(start.Id.PersistenceId, new TranscriptCodec(), start.Parts.Journal, start.Noted) => _window = window;

    /// <summary>No snapshot: what is wanted is before it.</summary>
    public override Akka.Persistence.Recovery Recovery { get; } = new(SnapshotSelectionCriteria.None);

    internal static Props Props(ConversationStart start, PageWindow window) => Akka.Actor.Props.Create(() => new TranscriptReader(start, window));

    protected override void OnSnapshot(Transcript snapshot) => throw new InvalidOperationException("no snapshot is asked for");

    protected override void OnEvent(TranscriptEvent @event)
    {
        if (!_told && @event is TranscriptEvent.MessageAdded { Message: var message } && !_window.Take(message))
        {
            Tell();
        }
    }

    protected override void OnRecovered() => Tell();

    protected override void OnWriteFailed()
    {
    }

    private void Tell()
    {
        if (!_told)
        {
            _told = true;
            Context.Parent.Tell(new OlderRead(_window.Messages));
            Context.Stop(Self);
        }
    }
}

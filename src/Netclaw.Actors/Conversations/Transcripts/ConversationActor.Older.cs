using System.Collections.Immutable;
using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>Reading what is no longer held: one page after the other, each by a reader of its own, while turns and messages go on.</summary>
public sealed partial class ConversationActor
{
    private readonly Queue<(Serve Serve, PageWindow Window)> _older = [];
    private (Serve Serve, IActorRef Reader)? _reading;

    private void Read(Serve serve, ConversationCommand.Read read)
    {
        if (TranscriptDecider.Older(_transcript, read) is { } window)
        {
            _older.Enqueue((serve, window));
            ReadNext();
        }
        else
        {
            Answer(serve, Shown(read, TranscriptDecider.Page(_transcript, read)));
        }
    }

    private void ReadNext()
    {
        if (_reading is null && _older.TryDequeue(out var next))
        {
            _reading = (next.Serve, Context.Watch(Context.ActorOf(TranscriptReader.Props(_start, next.Window))));
        }
    }

    private void Took(OlderRead read)
    {
        if (_reading is var (serve, reader) && reader.Equals(Sender))
        {
            _reading = null;
            Answer(serve, Shown((ConversationCommand.Read)serve.Command, read.Messages));
            ReadNext();
        }
    }

    private void ReaderGone(IActorRef gone)
    {
        if (_reading is var (serve, reader) && reader.Equals(gone))
        {
            _reading = null;
            Answer(serve, new ConversationReply.Refused(
                serve.Command.CommandId, RefusalCode.JournalUnavailable, Health.Failure?.ToString() ?? $"the records of {_id} could not be read"));
            ReadNext();
        }
    }

    private ConversationReply.Page Shown(ConversationCommand.Read read, ImmutableArray<TranscriptMessage> messages) =>
        new(read.CommandId, _id, _transcript.Last, messages) { Running = _running?.Answer, Waiting = [.. _transcript.Open.Skip(_running is null ? 0 : 1)] };
}

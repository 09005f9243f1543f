using System.Collections.Immutable;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>
/// A page of a transcript that is read from its first record on: takes what comes in order, and keeps no more of it than one answer holds. For one reader.
/// </summary>
/// <param name="from">Sequence of the first message that is wanted.</param>
/// <param name="to">Of the last one.</param>
/// <param name="fromTheEnd">When it is too much for one answer, the latest are kept; otherwise the oldest.</param>
internal sealed class PageWindow(long from, long to, bool fromTheEnd)
{
    private readonly Queue<TranscriptMessage> _messages = new();
    private int _characters;

    public ImmutableArray<TranscriptMessage> Messages => [.. _messages];

    /// <returns>False: nothing more is wanted.</returns>
    public bool Take(TranscriptMessage message)
    {
        if (message.Sequence < from)
        {
            return true;
        }

        if (message.Sequence > to || (!fromTheEnd && _messages.Count > 0 && _characters + message.Text.Length > ConversationLimits.PageCharacters))
        {
            return false;
        }

        _messages.Enqueue(message);
        _characters += message.Text.Length;
        while (_characters > ConversationLimits.PageCharacters && _messages.Count > 1)
        {
            _characters -= _messages.Dequeue().Text.Length;
        }

        return message.Sequence < to;
    }
}

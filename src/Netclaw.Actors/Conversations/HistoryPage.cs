using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>A part of a transcript as <c>chat.history</c> answers it.</summary>
internal static class HistoryPage
{
    /// <param name="row">Null: it was deleted meanwhile.</param>
    /// <param name="from">Null: it was asked for the latest.</param>
    public static ChatHistoryResult Of(ConversationReply.Page page, ConversationRow? row, HistoryCursor? from, int offset, SessionDefaults defaults)
    {
        if (from is { } cursor && !cursor.IsIn(page))
        {
            return new ChatHistoryResult { Kind = ChatHistoryResult.Reset };
        }

        ImmutableArray<ChatMessage> messages = [.. page.Messages.Select(message => ConversationWire.Of(page.Id, message))];
        var told = new ChatHistoryResult
        {
            Messages = messages,
            DeltaCursor = new HistoryCursor(page.Id.Generation, from is { } start ? messages.IsEmpty ? start.Sequence : messages[^1].Seq : page.Last).ToString(),
            SessionInfo = row is null ? null : ConversationWire.Of(row),
            InFlightRun = page.Running is { } running ? new ChatRun(running.Run, running.Text, running.Sequence, running.Since.ToUnixTimeMilliseconds()) : null,
            PendingInputs = page.Waiting.IsEmpty ? null : new ChatPendingInputs([.. page.Waiting.Select(turn => new ChatPendingInput(
                turn.Run, turn.Run, new ChatContent("text", ""), turn.At.ToUnixTimeMilliseconds(), "queued"))], page.Waiting.Length),
        };
        if (from is not null)
        {
            return told with { Kind = ChatHistoryResult.Delta };
        }

        var more = offset + messages.Length < page.Last;
        return told with
        {
            SessionKey = page.Id.Key.ToString(), SessionId = page.Id.ToString(), HasMore = more, NextOffset = more ? offset + messages.Length : null, TotalMessages = page.Last, Defaults = defaults,
        };
    }
}

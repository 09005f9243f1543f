using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>Conversations as the protocol shows them (gateway-protocol.md section 7).</summary>
internal static class ConversationWire
{
    public static SessionRow Of(ConversationRow row) => new(row.Key.ToString(), "direct")
    {
        SessionId = row.Id.ToString(), AgentId = row.Key.Agent, Label = row.Label, DisplayName = row.Label, LastMessagePreview = row.Facts.Preview, IsMain = row.Key.Agent is { } agent && row.Key == ConversationKey.MainOf(agent),
        CreatedAt = row.BegunAt.ToUnixTimeMilliseconds(), UpdatedAt = row.UpdatedAt.ToUnixTimeMilliseconds(), Archived = row.ArchivedAt is null ? null : true,
        ArchivedAt = row.ArchivedAt?.ToUnixTimeMilliseconds(), MessageCount = row.Facts.Messages, Status = row.Running is null ? null : SessionRow.Running, LastRunId = row.Running, QueuedTurns = row.Waiting > 0 ? row.Waiting : null,
    };

    public static ChatMessage Of(ConversationId id, TranscriptMessage message) => new(
        RoleOf(message.Speaker), [new ChatContent("text", message.Text)], message.At.ToUnixTimeMilliseconds(), IdOf(id, message.Sequence), message.Sequence, message.By)
    {
        RunId = message.Run, StopReason = message.StopReason,
    };

    public static string IdOf(ConversationId id, long sequence) => $"{id.Generation}-{sequence}";

    /// <param name="answer">As it stands in the transcript; null: there is none.</param>
    public static ChatEvent End(ConversationId id, string run, long sequence, AgentOutcome outcome, TranscriptMessage? answer)
    {
        var message = answer is null ? null : Of(id, answer);
        var told = new ChatEvent(run, id.Key.ToString(), sequence, ChatEvent.Final) { Message = message };
        return outcome switch
        {
            AgentOutcome.Completed o => told with { StopReason = o.StopReason, Usage = o.Usage is { } usage ? new ChatUsage(usage.Input, usage.Output, usage.Input + usage.Output) : null },
            AgentOutcome.Cancelled => told with { State = ChatEvent.Aborted, StopReason = "aborted" },
            _ => told with
            {
                State = ChatEvent.Error, ErrorMessage = Problem(outcome), ErrorKind = outcome is AgentOutcome.Failed { Code: RefusalCode.AgentTimedOut } ? "timeout" : "unknown",
                ErrorDetail = (outcome as AgentOutcome.Failed)?.Code is { } code ? new ChatErrorDetail(RefusalTable.NameOf(code)) : null,
            },
        };
    }

    public static string Problem(AgentOutcome outcome) => outcome switch
    {
        AgentOutcome.Failed o => o.Message,
        AgentOutcome.Lost => "the gateway stopped while this was being answered; the answer is lost",
        AgentOutcome.Cancelled => "the turn was cancelled",
        _ => "",
    };

    private static string RoleOf(Speaker speaker) => speaker switch
    {
        Speaker.User => "user",
        Speaker.Assistant => "assistant",
        Speaker.System => "system",
        Speaker.Tool => "toolResult",
        _ => throw new ArgumentOutOfRangeException(nameof(speaker), speaker, "no such speaker"),
    };
}

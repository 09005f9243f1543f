using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>
/// Tells connections what happens in conversations: whoever follows all of them, one of them, or one turn. Each thing is encoded once for all who hear it; events of a turn are numbered from 1, chat and agent
/// events together. Thread-safe.
/// </summary>
public sealed class ConversationNews(LiveSessions live, Followers followers)
{
    /// <summary>A message is in the transcript.</summary>
    internal void Say(ConversationId id, TranscriptMessage message)
    {
        if (followers.Of(id.Key, run: null, everything: false) is { Count: > 0 } listeners)
        {
            var shown = ConversationWire.Of(id, message);
            Tell(listeners, message.At, SessionMessageEvent.EventName, new SessionMessageEvent(id.Key.ToString(), shown, shown.Id, message.Sequence) { AgentId = id.Key.Agent }, ProtocolJson.Default.SessionMessageEvent);
        }
    }

    internal void Changed(ConversationRow row, string reason, DateTimeOffset now, bool deleted = false)
    {
        if (followers.OfEverything() is { Count: > 0 } listeners)
        {
            Tell(listeners, now, SessionsChangedEvent.EventName, new SessionsChangedEvent(row.Key.ToString(), reason, now.ToUnixTimeMilliseconds())
            {
                AgentId = row.Key.Agent, Session = deleted ? null : ConversationWire.Of(row),
            }, ProtocolJson.Default.SessionsChangedEvent);
        }
    }

    internal void Started(ConversationKey key, RunningTurn running, DateTimeOffset now)
    {
        Agent(key, running, AgentEvent.Lifecycle, new AgentEventData { Phase = "start", StartedAt = now.ToUnixTimeMilliseconds() }, now);
        Chat(key, running, now, new ChatEvent(running.Turn.Run, key.ToString(), running.Next(), ChatEvent.Status) { Phase = ChatEvent.StartingModel });
    }

    internal void Heard(ConversationKey key, RunningTurn running, Heard heard, DateTimeOffset now)
    {
        switch (heard)
        {
            case Heard.Text text: Chat(key, running, now, new ChatEvent(running.Turn.Run, key.ToString(), running.Next(), ChatEvent.Delta) { DeltaText = text.More }); break;
            case Heard.Call call: Agent(key, running, AgentEvent.Tool, new AgentEventData { Phase = "start", Name = call.Tool, ToolCallId = call.Id, Args = call.Arguments }, now); break;
            case Heard.Answer answer:
                Agent(key, running, AgentEvent.Tool, new AgentEventData { Phase = "result", Name = answer.Tool, ToolCallId = answer.Id, IsError = answer.Given.Ok ? null : true, Text = ConversationFacts.PreviewOf(answer.Given.Text) }, now);
                break;
            case Heard.Doing doing: Agent(key, running, AgentEvent.RunStatus, new AgentEventData { Phase = doing.Phase }, now); break;
        }
    }

    /// <param name="running">Null: the turn never ran, or not in this process.</param>
    /// <param name="endedBy">What ended the conversation, and its turn with it; null: nothing did.</param>
    internal void Ended(ConversationId id, string run, AgentOutcome outcome, RunningTurn? running, DateTimeOffset now, TranscriptMessage? answer, string? endedBy)
    {
        var key = id.Key;
        var sequence = running?.Next() ?? 1;
        Tell(followers.Of(key, run), now, ChatEvent.EventName, ConversationWire.End(id, run, sequence, outcome, answer, endedBy) with { AgentId = running?.Turn.Agent ?? key.Agent }, ProtocolJson.Default.ChatEvent);
        var data = outcome is AgentOutcome.Completed or AgentOutcome.Cancelled
            ? new AgentEventData { Phase = "end", EndedAt = now.ToUnixTimeMilliseconds(), Aborted = outcome is AgentOutcome.Cancelled ? true : null }
            : new AgentEventData { Phase = "error", EndedAt = now.ToUnixTimeMilliseconds(), Error = ConversationWire.Problem(outcome) };
        Tell(followers.Of(key, run), now, AgentEvent.EventName, new AgentEvent(run, running?.Next() ?? 2, AgentEvent.Lifecycle, now.ToUnixTimeMilliseconds(), data with { SessionKey = key.ToString() }), ProtocolJson.Default.AgentEvent);
        followers.Forget(key, run);
    }

    private void Chat(ConversationKey key, RunningTurn running, DateTimeOffset now, ChatEvent said) =>
        Tell(followers.Of(key, running.Turn.Run), now, ChatEvent.EventName, said with { AgentId = running.Turn.Agent }, ProtocolJson.Default.ChatEvent);

    private void Agent(ConversationKey key, RunningTurn running, string stream, AgentEventData data, DateTimeOffset now) => Tell(
        followers.Of(key, running.Turn.Run), now, AgentEvent.EventName,
        new AgentEvent(running.Turn.Run, running.Next(), stream, now.ToUnixTimeMilliseconds(), data with { SessionKey = key.ToString() }), ProtocolJson.Default.AgentEvent);

    private void Tell<T>(IReadOnlyCollection<SessionId> listeners, DateTimeOffset now, string name, T payload, JsonTypeInfo<T> form)
    {
        SessionInput.EventPublished? said = null;
        foreach (var listener in listeners)
        {
            if (!live.TryFind(listener, out var session))
            {
                followers.Leave(listener);
                continue;
            }

            said ??= new SessionInput.EventPublished(now, name, JsonSerializer.SerializeToElement(payload, form), Scope.Read);
            session.Actor.Tell(said, ActorRefs.NoSender);
        }
    }
}

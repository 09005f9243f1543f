using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>
/// What other parts of the gateway ask of conversations, sent to the one actor of them all. Closed; answered once, by a <see cref="ConversationReply"/> with the same id, when it is
/// durable.
/// </summary>
/// <param name="Now">Whole milliseconds, as it is stored.</param>
public abstract record ConversationCommand(long CommandId, DateTimeOffset Now, ConversationKey Key)
{
    /// <summary>Adds one message, and begins the conversation if there is none. Nobody is asked to answer it.</summary>
    /// <param name="Once">What makes it one of a kind: a message with the same text of this is added once, however often it is asked, also across restarts. The reply is the same.</param>
    public sealed record Append(long CommandId, DateTimeOffset Now, ConversationKey Key, Said Said, string Once) : ConversationCommand(CommandId, Now, Key);

    /// <summary>Adds a message and has the conversation's agent answer it; one turn at a time, others wait in order.</summary>
    /// <param name="Run">Names the turn: <c>chat.send</c>'s idempotency key, or a run's id. The same one is started once.</param>
    /// <param name="Grant">What the agent may do while it answers.</param>
    /// <param name="Watcher">Told <see cref="TurnEnded"/> once when the turn is over; null: nobody.</param>
    /// <param name="Agent">Null: the one that the key names, or the default one.</param>
    public sealed record Prompt(
        long CommandId, DateTimeOffset Now, ConversationKey Key, Said Said, string Run, AgentGrant Grant, TimeSpan Timeout, IActorRef? Watcher, string? Agent = null) : ConversationCommand(CommandId, Now, Key)
    {
        /// <summary>It was accepted before, and is not to be begun: one that is not known any more went with its conversation.</summary>
        public bool Again { get; init; }
    }

    /// <summary>Ends a turn, or the one that runs and all that wait.</summary>
    /// <param name="Run">Null: all.</param>
    public sealed record Abort(long CommandId, DateTimeOffset Now, ConversationKey Key, string? Run) : ConversationCommand(CommandId, Now, Key);

    /// <summary>Begins a conversation, unless there is one.</summary>
    public sealed record Begin(long CommandId, DateTimeOffset Now, ConversationKey Key, string? Label) : ConversationCommand(CommandId, Now, Key);

    /// <summary>Changes what lists say of a conversation.</summary>
    /// <param name="Label">Null: as it is; empty: none.</param>
    /// <param name="Archived">Null: as it is.</param>
    public sealed record Patch(long CommandId, DateTimeOffset Now, ConversationKey Key, string? Label, bool? Archived) : ConversationCommand(CommandId, Now, Key);

    /// <summary>A new transcript under the same key; open turns are cancelled.</summary>
    public sealed record Reset(long CommandId, DateTimeOffset Now, ConversationKey Key) : ConversationCommand(CommandId, Now, Key);

    /// <summary>The key is free again; open turns are cancelled.</summary>
    public sealed record Delete(long CommandId, DateTimeOffset Now, ConversationKey Key) : ConversationCommand(CommandId, Now, Key)
    {
        /// <summary>Refused where it has another transcript, of which whoever asks knows nothing; null: whichever.</summary>
        public string? Transcript { get; init; }

        /// <summary>Refused where it is not archived.</summary>
        public bool ArchivedOnly { get; init; }

        /// <summary>What is not archived takes admin; the gateway's own parts have it.</summary>
        public bool Admin { get; init; } = true;
    }

    /// <summary>Reads messages, oldest first.</summary>
    /// <param name="After">Those after this sequence; null: the latest.</param>
    /// <param name="Offset">With the latest: how many of them to leave out at the end.</param>
    public sealed record Read(long CommandId, DateTimeOffset Now, ConversationKey Key, long? After, int Most, int Offset = 0) : ConversationCommand(CommandId, Now, Key);
}

/// <summary>From the actor of conversations. Closed.</summary>
public abstract record ConversationReply(long CommandId)
{
    /// <param name="Sequence">Of the message in its conversation, from 1.</param>
    public sealed record Appended(long CommandId, long Sequence) : ConversationReply(CommandId);

    /// <param name="Position">0: it runs; otherwise how many turns are before it.</param>
    public sealed record Accepted(long CommandId, string Run, int Position) : ConversationReply(CommandId)
    {
        /// <summary>Of the message that asks.</summary>
        public long Sequence { get; init; }

        /// <summary>The same run was asked for before, and is over.</summary>
        public TurnEnd? Ended { get; init; }

        /// <summary>Of one that failed: a refusal's name.</summary>
        public string? Code { get; init; }

        /// <summary>The same run was asked for before, and is open.</summary>
        public bool Again { get; init; }
    }

    public sealed record Aborted(long CommandId, int Turns) : ConversationReply(CommandId);

    /// <summary>Begun, patched or reset; also the answer where there was nothing to change.</summary>
    public sealed record Changed(long CommandId, ConversationRow Row) : ConversationReply(CommandId);

    /// <param name="Existed">False: there was none of this key.</param>
    public sealed record Deleted(long CommandId, bool Existed) : ConversationReply(CommandId);

    /// <param name="Last">The latest message; 0: there is none. All from 1 on can be read.</param>
    public sealed record Page(long CommandId, ConversationId Id, long Last, ImmutableArray<TranscriptMessage> Messages) : ConversationReply(CommandId)
    {
        /// <summary>The turn that runs, as far as it has come.</summary>
        public RunningAnswer? Running { get; init; }

        /// <summary>Turns that wait.</summary>
        public ImmutableArray<OpenTurn> Waiting { get; init; } = [];
    }

    public sealed record Refused(long CommandId, RefusalCode Code, string Message) : ConversationReply(CommandId);
}

/// <summary>An answer that is being given.</summary>
/// <param name="Sequence">Of the last event of the run: whoever has heard more of it has heard this.</param>
public sealed record RunningAnswer(string Run, string Agent, string Text, long Sequence, DateTimeOffset Since);

/// <summary>To the watcher of a turn, once. Not kept across a restart: what was running then is lost, and the transcript says so.</summary>
public sealed record TurnEnded(ConversationKey Key, string Run, AgentOutcome Outcome);

/// <summary>Who says something in a conversation.</summary>
public enum Speaker
{
    [JsonStringEnumMemberName("user")]
    User,

    [JsonStringEnumMemberName("assistant")]
    Assistant,

    /// <summary>The gateway: a reminder, the end of a run, a note.</summary>
    [JsonStringEnumMemberName("system")]
    System,

    /// <summary>What a tool answered.</summary>
    [JsonStringEnumMemberName("tool")]
    Tool,
}

/// <summary>One message as it is added.</summary>
/// <param name="By">The principal's subject, the agent, or the part of the gateway.</param>
public sealed record Said(Speaker Speaker, string Text, string By);

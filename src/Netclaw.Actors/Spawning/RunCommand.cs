using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>To <see cref="RunsActor"/>. Closed; answered once, by a <see cref="RunReply"/> with the same id.</summary>
/// <param name="Now">Whole milliseconds, as it is stored.</param>
public abstract record RunCommand(long CommandId, DateTimeOffset Now)
{
    /// <param name="Plan">Its depth is not known yet; where it announces may be left open.</param>
    public sealed record Spawn(long CommandId, DateTimeOffset Now, RunPlan Plan) : RunCommand(CommandId, Now);

    /// <summary>The run and all that it started.</summary>
    /// <param name="Caller">A run that asks may cancel what it started, and nothing else; null: a client asks.</param>
    public sealed record Cancel(long CommandId, DateTimeOffset Now, RunId Run, RunId? Caller, string Subject) : RunCommand(CommandId, Now);

    /// <summary>What a conversation has started, each with all that it started: the conversation was stopped, or went.</summary>
    /// <param name="Gone">Nobody is left there who would be told; telling would begin the conversation anew.</param>
    /// <param name="Caller">As <see cref="Cancel"/>'s.</param>
    public sealed record CancelOf(long CommandId, DateTimeOffset Now, ConversationKey Conversation, bool Gone, RunId? Caller, string Subject) : RunCommand(CommandId, Now);

    /// <summary>What there is.</summary>
    public sealed record Look(long CommandId, DateTimeOffset Now) : RunCommand(CommandId, Now);

    /// <summary>Answered when the run is over.</summary>
    /// <param name="Caller">A run that asks waits for itself and for what it started; null: a client asks.</param>
    public sealed record Await(long CommandId, DateTimeOffset Now, RunId Run, RunId? Caller = null) : RunCommand(CommandId, Now);

    /// <summary>From inside: it came to its end by itself.</summary>
    internal sealed record End(DateTimeOffset Now, RunId Run, RunEnd How) : RunCommand(0, Now);

    /// <summary>From inside: its conversation has been told.</summary>
    internal sealed record NoteAnnounced(DateTimeOffset Now, RunId Run) : RunCommand(0, Now);

    /// <summary>From inside: its own conversation is gone.</summary>
    internal sealed record NoteTidied(DateTimeOffset Now, RunId Run) : RunCommand(0, Now);

    /// <summary>From inside: the journal was read; nothing of what ran before runs any more.</summary>
    internal sealed record TakeUp(DateTimeOffset Now) : RunCommand(0, Now);
}

/// <summary>From <see cref="RunsActor"/>, when what it says is durable. Closed.</summary>
public abstract record RunReply(long CommandId)
{
    /// <param name="Position">0: it runs.</param>
    public sealed record Accepted(long CommandId, Run Run, int Position) : RunReply(CommandId);

    /// <param name="Ended">Those that were alive, the one that was named first.</param>
    public sealed record Cancelled(long CommandId, ImmutableArray<RunId> Ended) : RunReply(CommandId);

    public sealed record Seen(long CommandId, RunsState State) : RunReply(CommandId);

    public sealed record Over(long CommandId, Run Run) : RunReply(CommandId);

    public sealed record Refused(long CommandId, RefusalCode Code, string Message) : RunReply(CommandId);
}

using Netclaw.Actors.Agents;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>What happened in one conversation, as it is stored. Closed; names and shapes are <see cref="TranscriptCodec"/>'s, fields are only ever added.</summary>
public abstract record TranscriptEvent
{
    private TranscriptEvent()
    {
    }

    public sealed record MessageAdded(TranscriptMessage Message) : TranscriptEvent;

    /// <summary>Behind the message that asks for it, in the same write.</summary>
    public sealed record TurnAsked(OpenTurn Turn) : TranscriptEvent;

    /// <summary>Behind what it brought into the transcript, in the same write.</summary>
    public sealed record TurnOver(DateTimeOffset At, ClosedTurn Turn) : TranscriptEvent
    {
        public AgentUsage? Usage { get; init; }

        /// <summary>Null: as it was.</summary>
        public AgentMemory? Memory { get; init; }
    }
}

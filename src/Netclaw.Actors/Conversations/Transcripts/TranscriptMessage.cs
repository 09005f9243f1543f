using System.Text.Json.Serialization;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>One message as it stands in a transcript.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="By">The principal's subject, the agent, or the part of the gateway.</param>
public sealed record TranscriptMessage(long Sequence, DateTimeOffset At, Speaker Speaker, string Text, string By)
{
    /// <summary>What made it one of a kind.</summary>
    public string? Once { get; init; }

    /// <summary>The turn it belongs to.</summary>
    public string? Run { get; init; }

    /// <summary>Of an answer: why it ended there.</summary>
    public string? StopReason { get; init; }
}

/// <summary>A turn that runs or waits.</summary>
/// <param name="Message">The sequence of what was asked.</param>
/// <param name="Timeout">Milliseconds.</param>
public sealed record OpenTurn(string Run, string Agent, long Message, DateTimeOffset At, long Timeout);

/// <summary>What an agent remembers of the conversation by itself: everything up to a message, and a turn.</summary>
/// <param name="Session">As the agent calls it.</param>
/// <param name="Run">Of the turn that asked with that message; what belongs to it is remembered, too.</param>
public sealed record AgentMemory(string Agent, string Session, long Upto, string Run);

/// <summary>How a turn ended.</summary>
public enum TurnEnd
{
    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("lost")]
    Lost,
}

/// <summary>A turn that is over.</summary>
/// <param name="Code">A refusal's name; null unless it failed.</param>
public sealed record ClosedTurn(string Run, TurnEnd End, string? Code = null);

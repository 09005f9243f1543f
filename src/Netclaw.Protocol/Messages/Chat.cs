using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>One message of a conversation (gateway-protocol.md section 7).</summary>
/// <param name="Role">user, assistant, system or toolResult.</param>
/// <param name="Timestamp">Unix ms.</param>
/// <param name="Id">Of this message in this gateway.</param>
/// <param name="Seq">In its transcript, from 1 without gaps.</param>
/// <param name="By">Who it is from: a device, a user, an agent, a part of the gateway.</param>
public sealed record ChatMessage(string Role, ImmutableArray<ChatContent> Content, long Timestamp, string Id, long Seq, string By)
{
    /// <summary>The turn it belongs to.</summary>
    public string? RunId { get; init; }

    /// <summary>Of an answer: stop, length, tool_limit, refusal, aborted or error.</summary>
    public string? StopReason { get; init; }
}

/// <param name="Type">text.</param>
public sealed record ChatContent(string Type, string Text);

/// <summary>Method <c>chat.history</c>. Without a cursor the latest messages; with one those that came after it.</summary>
public sealed record ChatHistoryParams(string SessionKey)
{
    public const string Method = "chat.history";
    public const int DefaultLimit = 200;
    public const int MostLimit = 1_000;

    /// <summary>1 to <see cref="MostLimit"/>; left out: <see cref="DefaultLimit"/>.</summary>
    public int? Limit { get; init; }

    /// <summary>How many of the latest to leave out.</summary>
    public int? Offset { get; init; }

    /// <summary>A <c>deltaCursor</c> of an earlier answer.</summary>
    public string? Cursor { get; init; }
}

/// <summary>
/// Without a cursor: <c>sessionKey</c>, <c>sessionId</c>, <c>hasMore</c>, <c>totalMessages</c> and the messages. With one: <c>kind</c> is <c>delta</c> with the messages after it, or <c>reset</c> alone: the
/// transcript is another one. Ask on with <c>deltaCursor</c> until there are no more messages.
/// </summary>
public sealed record ChatHistoryResult
{
    public const string Delta = "delta";
    public const string Reset = "reset";

    public string? Kind { get; init; }
    public string? SessionKey { get; init; }
    public string? SessionId { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<ChatMessage>? Messages { get; init; }

    public string? DeltaCursor { get; init; }
    public bool? HasMore { get; init; }
    public int? NextOffset { get; init; }

    /// <summary>Of the whole transcript.</summary>
    public long? TotalMessages { get; init; }

    public SessionDefaults? Defaults { get; init; }
    public SessionRow? SessionInfo { get; init; }
    public ChatRun? InFlightRun { get; init; }
    public ChatPendingInputs? PendingInputs { get; init; }
}

/// <summary>The turn that runs, as far as it has come.</summary>
/// <param name="Text">Of the answer.</param>
/// <param name="Seq">Of the run's last event: those up to it are in this already.</param>
/// <param name="StartedAt">Unix ms.</param>
public sealed record ChatRun(string RunId, string Text, long Seq, long StartedAt);

/// <summary>Turns that wait.</summary>
public sealed record ChatPendingInputs(ImmutableArray<ChatPendingInput> Items, int Total);

/// <param name="State">queued.</param>
public sealed record ChatPendingInput(string Id, string RunId, ChatContent Message, long AcceptedAt, string State);

/// <summary>Method <c>chat.send</c>: a message that the conversation's agent answers. Answered when it is durable; the answer comes as <c>chat</c> events.</summary>
/// <param name="IdempotencyKey">Names the turn, too: the same one is started once.</param>
public sealed record ChatSendParams(string SessionKey, string Message, string IdempotencyKey)
{
    public const string Method = "chat.send";

    public string? AgentId { get; init; }

    /// <summary>How long the turn may take; left out: ten minutes.</summary>
    public long? TimeoutMs { get; init; }

    /// <summary>The same was answered before: a turn that the conversation does not know any more is refused, not begun once more. By Netclaw's own clients.</summary>
    public bool? Again { get; init; }
}

/// <param name="Status">started; where the same run was asked for before: in_flight, or ok, error or aborted when it is over.</param>
public sealed record ChatSendResult(string RunId, string Status)
{
    public const string Started = "started";
    public const string InFlight = "in_flight";

    /// <summary>Of the message in its transcript.</summary>
    public long? MessageSeq { get; init; }

    /// <summary>Turns before this one.</summary>
    public int? Position { get; init; }

    /// <summary>Of error: the refusal's code with which the turn ended.</summary>
    public string? NetclawCode { get; init; }
}

/// <summary>Method <c>chat.abort</c>: ends one turn, or all of a conversation.</summary>
public sealed record ChatAbortParams(string SessionKey)
{
    public const string Method = "chat.abort";

    public string? RunId { get; init; }
}

/// <param name="Aborted">False: nothing ran or waited.</param>
public sealed record ChatAbortResult(bool Ok, bool Aborted, ImmutableArray<string> RunIds);

/// <summary>Method <c>chat.inject</c>: a message in the assistant's name that nobody answers.</summary>
public sealed record ChatInjectParams(string SessionKey, string Message)
{
    public const string Method = "chat.inject";

    /// <summary>In front of it, in brackets.</summary>
    public string? Label { get; init; }
}

public sealed record ChatInjectResult(bool Ok, string MessageId, long MessageSeq);

/// <summary>Event <c>chat</c>: a turn goes on (<c>ChatEvent</c> of the published schema).</summary>
/// <param name="Seq">Of the run's events, chat and agent together, from 1.</param>
/// <param name="State">status, delta, final, aborted or error.</param>
public sealed record ChatEvent(string RunId, string SessionKey, long Seq, string State)
{
    public const string EventName = "chat";
    public const string Status = "status";
    public const string Delta = "delta";
    public const string Final = "final";
    public const string Aborted = "aborted";
    public const string Error = "error";
    public const string StartingModel = "starting_model";

    /// <summary>Stop reason of aborted: the conversation was deleted, and its turns with it.</summary>
    public const string Deleted = "deleted";

    /// <summary>As <see cref="Deleted"/>: it was reset.</summary>
    public const string Reset = "reset";

    public string? AgentId { get; init; }

    /// <summary>Of status.</summary>
    public string? Phase { get; init; }

    /// <summary>Of delta: what the answer goes on with.</summary>
    public string? DeltaText { get; init; }

    /// <summary>Of final, aborted and error: what stands in the transcript.</summary>
    public ChatMessage? Message { get; init; }

    public ChatUsage? Usage { get; init; }
    public string? StopReason { get; init; }

    /// <summary>Of error, for people.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Of error: timeout or unknown.</summary>
    public string? ErrorKind { get; init; }

    public ChatErrorDetail? ErrorDetail { get; init; }
}

/// <summary>More about an error; the protocol takes no other members in the event.</summary>
/// <param name="ProviderRuntimeFailureKind">Netclaw's stable code: <c>agent_unavailable</c>.</param>
public sealed record ChatErrorDetail(string ProviderRuntimeFailureKind);

/// <summary>Tokens.</summary>
public sealed record ChatUsage(long Input, long Output, long TotalTokens);

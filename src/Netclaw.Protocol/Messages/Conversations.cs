using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One conversation in lists and events (gateway-protocol.md section 7, <c>SessionRow</c>). Times are Unix ms.</summary>
/// <param name="Key">As <see cref="ConversationKey"/>.</param>
/// <param name="Kind">direct.</param>
public sealed record SessionRow(string Key, string Kind)
{
    public const string Running = "running";

    /// <summary>Names the transcript: another one after a reset.</summary>
    public string? SessionId { get; init; }

    public string? AgentId { get; init; }
    public string? Label { get; init; }
    public string? DisplayName { get; init; }

    /// <summary>The beginning of the last message, on one line.</summary>
    public string? LastMessagePreview { get; init; }

    public bool IsMain { get; init; }
    public long? CreatedAt { get; init; }
    public long? UpdatedAt { get; init; }
    public bool? Archived { get; init; }
    public long? ArchivedAt { get; init; }

    /// <summary>running, while a turn does.</summary>
    public string? Status { get; init; }

    /// <summary>The turn that runs.</summary>
    public string? LastRunId { get; init; }

    /// <summary>Netclaw's own: how many messages the transcript has.</summary>
    public long MessageCount { get; init; }

    /// <summary>Netclaw's own: turns that wait.</summary>
    public int? QueuedTurns { get; init; }
}

/// <summary>Which model answers unless said otherwise; null where nothing says so.</summary>
public sealed record SessionDefaults(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ModelProvider, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? ContextTokens);

/// <summary>Method <c>sessions.list</c>: conversations, the latest first.</summary>
public sealed record SessionsListParams
{
    public const string Method = "sessions.list";
    public const int DefaultLimit = 100;
    public const int MostLimit = 1_000;

    /// <summary>1 to <see cref="MostLimit"/>; left out: <see cref="DefaultLimit"/>.</summary>
    public int? Limit { get; init; }

    public int? Offset { get; init; }

    /// <summary>In key, label or last message; letter case does not count.</summary>
    public string? Search { get; init; }

    /// <summary>true: archived ones, <c>"all"</c>: both; otherwise those that are not.</summary>
    public JsonElement? Archived { get; init; }

    public string? AgentId { get; init; }

    /// <summary>Exactly this label.</summary>
    public string? Label { get; init; }

    /// <summary>Only those with something new within so many minutes.</summary>
    public int? ActiveMinutes { get; init; }
}

/// <param name="Ts">Unix ms.</param>
/// <param name="Path">Where they are kept: <c>journal</c>.</param>
/// <param name="Count">In this page.</param>
/// <param name="TotalCount">Of all pages.</param>
/// <param name="Owners">None: whoever may read, reads all.</param>
public sealed record SessionsListResult(
    long Ts, string Path, int Count, int TotalCount, int LimitApplied, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? NextOffset, bool HasMore,
    ImmutableArray<string> Owners, SessionDefaults Defaults, ImmutableArray<SessionRow> Sessions);

/// <summary>Method <c>sessions.create</c>: begins a conversation unless there is one of that key, and has it answer a first message if there is one.</summary>
public sealed record SessionsCreateParams
{
    public const string Method = "sessions.create";

    /// <summary>Left out: a new one of the agent's.</summary>
    public string? Key { get; init; }

    public string? AgentId { get; init; }
    public string? Label { get; init; }
    public string? Message { get; init; }

    /// <summary>Names the first turn.</summary>
    public string? IdempotencyKey { get; init; }
}

public sealed record SessionsCreateResult(bool Ok, string Key, string SessionId, SessionRow Entry, bool RunStarted)
{
    public string? RunId { get; init; }

    /// <summary>Of the first message.</summary>
    public long? MessageSeq { get; init; }

    /// <summary>The conversation stands, and nobody answers the message.</summary>
    public SessionRunError? RunError { get; init; }
}

public sealed record SessionRunError(string Code, string Message);

/// <summary>Method <c>sessions.send</c>: as <c>chat.send</c>, by key.</summary>
public sealed record SessionsSendParams(string Key, string Message)
{
    public const string Method = "sessions.send";

    public string? AgentId { get; init; }
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the turn may take; left out: ten minutes.</summary>
    public long? TimeoutMs { get; init; }
}

/// <summary>Method <c>sessions.patch</c>.</summary>
public sealed record SessionsPatchParams(string Key)
{
    public const string Method = "sessions.patch";

    /// <summary>A text, or null for none; left out: as it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Label { get; init; }

    public bool? Archived { get; init; }
}

public sealed record SessionsPatchResult(bool Ok, string Key, SessionRow Entry);

/// <summary>Method <c>sessions.reset</c>: a new transcript under the same key.</summary>
public sealed record SessionsResetParams(string Key)
{
    public const string Method = "sessions.reset";
}

public sealed record SessionsResetResult(bool Ok, string Key, string SessionId, SessionRow Entry);

/// <summary>Method <c>sessions.delete</c>: takes admin, unless the conversation is archived.</summary>
public sealed record SessionsDeleteParams(string Key)
{
    public const string Method = "sessions.delete";

    /// <summary>Refuses one that is not archived.</summary>
    public bool? ArchivedOnly { get; init; }

    /// <summary>Refuses another transcript than this.</summary>
    public string? ExpectedSessionId { get; init; }
}

/// <param name="Deleted">False: there was none.</param>
/// <param name="Archived">Files that were put aside: none.</param>
public sealed record SessionsDeleteResult(bool Ok, string Key, bool Deleted, ImmutableArray<string> Archived);

/// <summary>Method <c>sessions.abort</c>: ends one turn, or all of a conversation.</summary>
public sealed record SessionsAbortParams
{
    public const string Method = "sessions.abort";

    public string? Key { get; init; }
    public string? RunId { get; init; }
}

/// <param name="Status">aborted, or no-active-run.</param>
public sealed record SessionsAbortResult(bool Ok, string Status, int Turns)
{
    public const string Aborted = "aborted";
    public const string Nothing = "no-active-run";

    public string? AbortedRunId { get; init; }

    /// <summary>Netclaw's own: how many runs ended with them; null: none.</summary>
    public int? Runs { get; init; }
}

/// <summary>Method <c>sessions.describe</c>: one conversation.</summary>
public sealed record SessionsDescribeParams(string Key)
{
    public const string Method = "sessions.describe";
}

/// <param name="Session">Null: there is none.</param>
public sealed record SessionsDescribeResult([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SessionRow? Session);

/// <summary>Method <c>sessions.resolve</c>: which conversation is meant.</summary>
public sealed record SessionsResolveParams
{
    public const string Method = "sessions.resolve";

    public string? Key { get; init; }
    public string? SessionId { get; init; }
    public string? Label { get; init; }

    /// <summary>Answers <c>ok: false</c> where there is none, rather than refusing.</summary>
    public bool? AllowMissing { get; init; }
}

public sealed record SessionsResolveResult(bool Ok)
{
    public string? Key { get; init; }
    public string? AgentId { get; init; }
    public string? DisplayName { get; init; }
}

/// <summary>Method <c>sessions.preview</c>: the beginning of the last message of each.</summary>
public sealed record SessionsPreviewParams(ImmutableArray<string> Keys)
{
    public const string Method = "sessions.preview";
    public const int MostKeys = 100;
}

public sealed record SessionsPreviewResult(long Ts, ImmutableArray<SessionPreview> Previews);

/// <param name="Status">ok, empty or missing.</param>
public sealed record SessionPreview(string Key, string Status, ImmutableArray<SessionPreviewItem> Items);

public sealed record SessionPreviewItem(string Role, string Text);

/// <summary>Method <c>sessions.subscribe</c>: this connection hears of every conversation from now on.</summary>
public sealed record SessionsSubscribeResult(bool Subscribed)
{
    public const string Method = "sessions.subscribe";
    public const string UnsubscribeMethod = "sessions.unsubscribe";
}

/// <summary>Method <c>sessions.messages.subscribe</c>: this connection hears the messages of one conversation, and what is said while they come about. Read the history after it: what comes twice carries the same numbers.</summary>
public sealed record SessionsMessagesSubscribeParams(string Key)
{
    public const string Method = "sessions.messages.subscribe";
    public const string UnsubscribeMethod = "sessions.messages.unsubscribe";
}

/// <param name="Key">As it is spelt from now on.</param>
public sealed record SessionsMessagesSubscribeResult(bool Subscribed, string Key);

/// <summary>Event <c>sessions.changed</c>: for those who follow all conversations.</summary>
/// <param name="Reason">create, patch, reset, delete, message, abort or end.</param>
public sealed record SessionsChangedEvent(string SessionKey, string Reason, long Ts)
{
    public const string EventName = "sessions.changed";

    public string? AgentId { get; init; }

    /// <summary>Null: it was deleted.</summary>
    public SessionRow? Session { get; init; }
}

/// <summary>Event <c>session.message</c>: a message is in the transcript, durably.</summary>
/// <param name="MessageSeq">From 1 without gaps: whoever misses one reads the history from there.</param>
public sealed record SessionMessageEvent(string SessionKey, ChatMessage Message, string MessageId, long MessageSeq)
{
    public const string EventName = "session.message";

    public string? AgentId { get; init; }
}

using System.Text.Json;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>Conversations, and turns of agents in them.</summary>
internal static class ConversationSamples
{
    private const long Ts = 1_760_000_000_000;
    private const string Key = "agent:main:main";
    private const string Transcript = "agent:main:main#3";

    private static readonly JsonElement Json = JsonElement.Parse("""{"query":"den"}""");
    private static readonly SessionDefaults Defaults = new(null, "llama3.2", null);
    private static readonly ChatMessage LeastMessage = new("user", [new ChatContent("text", "hello")], Ts, "3-8", 8, "d_6c3b0c5d");
    private static readonly ChatMessage Message = new("assistant", [new ChatContent("text", "hi")], Ts, "3-9", 9, "main") { RunId = "r1", StopReason = "stop" };
    private static readonly SessionRow LeastRow = new("cron:tidy", "direct");
    private static readonly SessionRow Row = new(Key, "direct")
    {
        SessionId = Transcript, AgentId = "main", Label = "Kitchen", DisplayName = "Kitchen", LastMessagePreview = "hi", IsMain = true, CreatedAt = Ts, UpdatedAt = Ts, Archived = true, ArchivedAt = Ts,
        Status = SessionRow.Running, LastRunId = "r1", MessageCount = 9, QueuedTurns = 2,
    };

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("AgentToolsListResult", new AgentToolsListResult([new AgentToolRow("nodes_list", "Lists nodes.", Json)])),
        ("AgentToolsListResult.least", new AgentToolsListResult([])),
        ("AgentToolsCallParams", new AgentToolsCallParams("nodes_list", Json)),
        ("AgentToolsCallResult", new AgentToolsCallResult(true, "{}")),
        ("SessionRow", Row),
        ("SessionRow.least", LeastRow),
        ("SessionsListParams", new SessionsListParams { Limit = 50, Offset = 100, Search = "kit", Archived = JsonElement.Parse("\"all\""), AgentId = "main", Label = "Kitchen", ActiveMinutes = 60 }),
        ("SessionsListParams.least", new SessionsListParams()),
        ("SessionsListResult", new SessionsListResult(Ts, "journal", 1, 2, 1, 1, true, [], Defaults, [Row])),
        ("SessionsListResult.least", new SessionsListResult(Ts, "journal", 0, 0, 100, null, false, [], Defaults, [])),
        ("SessionsCreateParams", new SessionsCreateParams { Key = Key, AgentId = "main", Label = "Kitchen", Message = "hello", IdempotencyKey = "r1" }),
        ("SessionsCreateParams.least", new SessionsCreateParams()),
        ("SessionsCreateResult", new SessionsCreateResult(true, Key, Transcript, Row, true) { RunId = "r1", MessageSeq = 1 }),
        ("SessionsCreateResult.least", new SessionsCreateResult(true, Key, Transcript, LeastRow, false) { RunError = new SessionRunError("no_agent", "no agent is configured") }),
        ("SessionsSendParams", new SessionsSendParams(Key, "hello") { AgentId = "main", IdempotencyKey = "r1", TimeoutMs = 5000 }),
        ("SessionsSendParams.least", new SessionsSendParams(Key, "hello")),
        ("SessionsPatchParams", new SessionsPatchParams(Key) { Label = JsonElement.Parse("\"Kitchen\""), Archived = true }),
        ("SessionsPatchParams.none", new SessionsPatchParams(Key) { Label = JsonElement.Parse("null") }),
        ("SessionsPatchParams.least", new SessionsPatchParams(Key)),
        ("SessionsPatchResult", new SessionsPatchResult(true, Key, Row)),
        ("SessionsResetParams", new SessionsResetParams(Key)),
        ("SessionsResetResult", new SessionsResetResult(true, Key, Transcript, LeastRow)),
        ("SessionsDeleteParams", new SessionsDeleteParams(Key) { ArchivedOnly = true, ExpectedSessionId = Transcript }),
        ("SessionsDeleteParams.least", new SessionsDeleteParams(Key)),
        ("SessionsDeleteResult", new SessionsDeleteResult(true, Key, true, [])),
        ("SessionsAbortParams", new SessionsAbortParams { Key = Key, RunId = "r1" }),
        ("SessionsAbortResult", new SessionsAbortResult(true, SessionsAbortResult.Aborted, 1) { AbortedRunId = "r1", Runs = 2 }),
        ("SessionsDescribeParams", new SessionsDescribeParams(Key)),
        ("SessionsDescribeResult", new SessionsDescribeResult(Row)),
        ("SessionsDescribeResult.least", new SessionsDescribeResult(null)),
        ("SessionsResolveParams", new SessionsResolveParams { Key = Key, SessionId = Transcript, Label = "Kitchen", AllowMissing = true }),
        ("SessionsResolveResult", new SessionsResolveResult(true) { Key = Key, AgentId = "main", DisplayName = "Kitchen" }),
        ("SessionsResolveResult.least", new SessionsResolveResult(false)),
        ("SessionsPreviewParams", new SessionsPreviewParams([Key])),
        ("SessionsPreviewResult", new SessionsPreviewResult(Ts, [new SessionPreview(Key, "ok", [new SessionPreviewItem("other", "hi")]), new SessionPreview("cron:tidy", "missing", [])])),
        ("SessionsSubscribeResult", new SessionsSubscribeResult(true)),
        ("SessionsMessagesSubscribeParams", new SessionsMessagesSubscribeParams(Key)),
        ("SessionsMessagesSubscribeResult", new SessionsMessagesSubscribeResult(true, Key)),
        ("SessionsChangedEvent", new SessionsChangedEvent(Key, "patch", Ts) { AgentId = "main", Session = Row }),
        ("SessionsChangedEvent.least", new SessionsChangedEvent("cron:tidy", "delete", Ts)),
        ("SessionMessageEvent", new SessionMessageEvent(Key, Message, "3-9", 9) { AgentId = "main" }),

        ("ChatMessage", Message),
        ("ChatMessage.least", LeastMessage),
        ("ChatHistoryParams", new ChatHistoryParams(Key) { Limit = 10, Offset = 20, Cursor = "3.7" }),
        ("ChatHistoryParams.least", new ChatHistoryParams(Key)),
        ("ChatHistoryResult", new ChatHistoryResult
        {
            SessionKey = Key, SessionId = Transcript, Messages = [LeastMessage, Message], DeltaCursor = "3.9", HasMore = true, NextOffset = 2, TotalMessages = 9, Defaults = Defaults, SessionInfo = Row,
            InFlightRun = new ChatRun("r1", "half", 4, Ts), PendingInputs = new ChatPendingInputs([new ChatPendingInput("r2", "r2", new ChatContent("text", ""), Ts, "queued")], 1),
        }),
        ("ChatHistoryResult.delta", new ChatHistoryResult { Kind = ChatHistoryResult.Delta, Messages = [Message], DeltaCursor = "3.9", SessionInfo = Row }),
        ("ChatHistoryResult.reset", new ChatHistoryResult { Kind = ChatHistoryResult.Reset }),
        ("ChatSendParams", new ChatSendParams(Key, "hello", "r1") { AgentId = "main", TimeoutMs = 5000, Again = true }),
        ("ChatSendParams.least", new ChatSendParams(Key, "hello", "r1")),
        ("ChatSendResult", new ChatSendResult("r1", ChatSendResult.Started) { MessageSeq = 8, Position = 1 }),
        ("ChatSendResult.failed", new ChatSendResult("r1", AgentResult.Error) { NetclawCode = "agent_unavailable" }),
        ("ChatSendResult.least", new ChatSendResult("r1", AgentResult.Ok)),
        ("ChatAbortParams", new ChatAbortParams(Key) { RunId = "r1" }),
        ("ChatAbortResult", new ChatAbortResult(true, true, ["r1"])),
        ("ChatInjectParams", new ChatInjectParams(Key, "note") { Label = "cron" }),
        ("ChatInjectResult", new ChatInjectResult(true, "3-10", 10)),
        ("ChatEvent.status", new ChatEvent("r1", Key, 2, ChatEvent.Status) { AgentId = "main", Phase = ChatEvent.StartingModel }),
        ("ChatEvent.delta", new ChatEvent("r1", Key, 3, ChatEvent.Delta) { AgentId = "main", DeltaText = "hi" }),
        ("ChatEvent.final", new ChatEvent("r1", Key, 4, ChatEvent.Final) { AgentId = "main", Message = Message, Usage = new ChatUsage(3, 5, 8), StopReason = "stop" }),
        ("ChatEvent.error", new ChatEvent("r1", Key, 4, ChatEvent.Error) { AgentId = "main", ErrorMessage = "the agent took too long", ErrorKind = "timeout", ErrorDetail = new ChatErrorDetail("agent_timed_out") }),

        ("AgentParams", new AgentParams("hello", "r1") { AgentId = "main", SessionKey = Key, SessionId = Transcript, Timeout = 60 }),
        ("AgentParams.least", new AgentParams("hello", "r1")),
        ("AgentResult.accepted", new AgentResult("r1", AgentResult.Accepted) { SessionKey = Key, AcceptedAt = Ts }),
        ("AgentResult.ok", new AgentResult("r1", AgentResult.Ok) { SessionKey = Key, Summary = "completed", Result = new AgentAnswer([new AgentPayload("hi")], new AgentMeta(1200, "stop")) }),
        ("AgentResult.error", new AgentResult("r1", AgentResult.Error) { SessionKey = Key, Summary = "broken", ErrorMessage = "broken" }),
        ("AgentWaitParams", new AgentWaitParams("r1") { TimeoutMs = 5000 }),
        ("AgentWaitParams.least", new AgentWaitParams("r1")),
        ("AgentWaitResult", new AgentWaitResult("r1", AgentResult.Error) { EndedAt = Ts, Problem = "broken" }),
        ("AgentWaitResult.least", new AgentWaitResult("r1", AgentResult.TimedOut)),
        ("AgentEvent.lifecycle", new AgentEvent("r1", 1, AgentEvent.Lifecycle, Ts, new AgentEventData { Phase = "error", SessionKey = Key, StartedAt = Ts, EndedAt = Ts, Aborted = true, Error = "broken" })),
        ("AgentEvent.tool", new AgentEvent("r1", 2, AgentEvent.Tool, Ts, new AgentEventData { Phase = "result", SessionKey = Key, Name = "nodes_list", ToolCallId = "c1", Args = Json, IsError = true, Text = "none" })),
        ("AgentEvent.least", new AgentEvent("r1", 3, AgentEvent.RunStatus, Ts, new AgentEventData())),
    ];
}

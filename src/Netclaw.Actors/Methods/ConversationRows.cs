using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Conversations and the turns in them (gateway-protocol.md section 7).</summary>
internal static class ConversationRows
{
    internal static readonly MethodEntry[] All =
    [
        new(SessionsListParams.Method, Role.Operator, Scope.Read, HandlerKey.Conversations, true, typeof(SessionsListParams), typeof(SessionsListResult),
            "Conversations, the latest first."),
        new(SessionsDescribeParams.Method, Role.Operator, Scope.Read, HandlerKey.Conversations, true, typeof(SessionsDescribeParams), typeof(SessionsDescribeResult),
            "One conversation."),
        new(SessionsResolveParams.Method, Role.Operator, Scope.Read, HandlerKey.Conversations, true, typeof(SessionsResolveParams), typeof(SessionsResolveResult),
            "Which conversation a key, a label or a transcript's name means."),
        new(SessionsPreviewParams.Method, Role.Operator, Scope.Read, HandlerKey.Conversations, true, typeof(SessionsPreviewParams), typeof(SessionsPreviewResult),
            "The beginning of the last message of each."),
        new(SessionsCreateParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(SessionsCreateParams), typeof(SessionsCreateResult),
            "Begins a conversation unless there is one of that key, and has it answer a first message if there is one."),
        new(SessionsSendParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(SessionsSendParams), typeof(ChatSendResult),
            "As chat.send. Without an idempotency key each call is a turn of its own."),
        new(SessionsPatchParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(SessionsPatchParams), typeof(SessionsPatchResult),
            "Changes a conversation's label, or puts it into the archive or back."),
        new(SessionsResetParams.Method, Role.Operator, Scope.Admin, HandlerKey.Conversations, false, typeof(SessionsResetParams), typeof(SessionsResetResult),
            "A new transcript under the same key; open turns and what was started are cancelled."),
        new(SessionsDeleteParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(SessionsDeleteParams), typeof(SessionsDeleteResult),
            "Deletes a conversation; open turns and what was started are cancelled. One that is not archived takes admin."),
        new(SessionsAbortParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(SessionsAbortParams), typeof(SessionsAbortResult),
            "Ends one turn, or all of a conversation with the runs that it started."),
        new(SessionsSubscribeResult.Method, Role.Operator, Scope.Read, HandlerKey.Conversations, true, null, typeof(SessionsSubscribeResult),
            "The connection hears of every conversation from now on."),
        new(SessionsSubscribeResult.UnsubscribeMethod, Role.Operator, Scope.Read, HandlerKey.Conversations, true, null, typeof(SessionsSubscribeResult),
            "It no longer does."),
        new(SessionsMessagesSubscribeParams.Method, Role.Operator, Scope.Read, HandlerKey.Conversations, true, typeof(SessionsMessagesSubscribeParams), typeof(SessionsMessagesSubscribeResult),
            "The connection hears the messages of one conversation, and what is said while they come about."),
        new(SessionsMessagesSubscribeParams.UnsubscribeMethod, Role.Operator, Scope.Read, HandlerKey.Conversations, true, typeof(SessionsMessagesSubscribeParams), typeof(SessionsMessagesSubscribeResult),
            "It no longer does."),

        new(ChatHistoryParams.Method, Role.Operator, Scope.Read, HandlerKey.Conversations, true, typeof(ChatHistoryParams), typeof(ChatHistoryResult),
            "Messages of one conversation: the latest, or those after a cursor."),
        new(ChatSendParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(ChatSendParams), typeof(ChatSendResult),
            "A message that the conversation's agent answers. Answered when it is durable; the same idempotency key is one turn."),
        new(ChatAbortParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(ChatAbortParams), typeof(ChatAbortResult),
            "Ends one turn, or all of a conversation with the runs that it started."),
        new(ChatInjectParams.Method, Role.Operator, Scope.Admin, HandlerKey.Conversations, false, typeof(ChatInjectParams), typeof(ChatInjectResult),
            "A message in the assistant's name that nobody answers."),
        new(AgentParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(AgentParams), typeof(AgentResult),
            "One turn to its end; on the gateway WebSocket answered twice: accepted, then how it ended. The same idempotency key is one turn."),
        new(AgentWaitParams.Method, Role.Operator, Scope.Write, HandlerKey.Conversations, true, typeof(AgentWaitParams), typeof(AgentWaitResult),
            "How a turn ended, when it has."),
    ];

    internal static readonly EventEntry[] Events =
    [
        new(SessionsChangedEvent.EventName, Scope.Read, typeof(SessionsChangedEvent), "What lists say of a conversation has changed; for those who follow all of them."),
        new(SessionMessageEvent.EventName, Scope.Read, typeof(SessionMessageEvent), "A message is in a transcript; for those who follow the conversation."),
        new(ChatEvent.EventName, Scope.Read, typeof(ChatEvent), "A turn goes on or is over; for those who follow the conversation, all of them, or asked."),
        new(AgentEvent.EventName, Scope.Read, typeof(AgentEvent), "What an agent does in a turn; for the same."),
    ];
}

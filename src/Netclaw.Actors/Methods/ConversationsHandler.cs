using Akka.Actor;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Serves <c>sessions.*</c>, <c>chat.*</c> and <c>agent</c>. Lists are read where everybody reads them; everything else is asked of the conversations and answered when it is durable. When they stop, what is open
/// is answered <c>journal_unavailable</c>. Watches the connections that follow something.
/// </summary>
internal sealed partial class ConversationsHandler(HandlerParts parts, ConversationAccess talk) : MethodHandlerActor
{
    private readonly OpenQuestions<Asked> _asked = new();
    private readonly Dictionary<IActorRef, SessionId> _watched = [];

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case SessionsListParams.Method: List(call); break;
            case SessionsDescribeParams.Method: Describe(call); break;
            case SessionsResolveParams.Method: Resolve(call); break;
            case SessionsPreviewParams.Method: Preview(call); break;
            case SessionsCreateParams.Method: Create(call); break;
            case SessionsSendParams.Method: SendByKey(call); break;
            case SessionsPatchParams.Method: Patch(call); break;
            case SessionsResetParams.Method: Reset(call); break;
            case SessionsDeleteParams.Method: Delete(call); break;
            case SessionsAbortParams.Method: AbortSession(call); break;
            case SessionsSubscribeResult.Method: Follow(call); break;
            case SessionsSubscribeResult.UnsubscribeMethod: Unfollow(call); break;
            case SessionsMessagesSubscribeParams.Method: FollowOne(call); break;
            case SessionsMessagesSubscribeParams.UnsubscribeMethod: UnfollowOne(call); break;
            case ChatHistoryParams.Method: History(call); break;
            case ChatSendParams.Method: Send(call); break;
            case ChatAbortParams.Method: AbortChat(call); break;
            case ChatInjectParams.Method: Inject(call); break;
            case AgentParams.Method: AskAgent(call); break;
            case AgentWaitParams.Method: AwaitAgent(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case ConversationReply reply: Replied(reply); return true;
            case RunReply reply: Ended(reply); return true;
            case WaitOver over: Waited(over); return true;
            case CatalogueRead read: Read(read); return true;
            case Terminated gone: Gone(gone.ActorRef); return true;
            default: return false;
        }
    }

    /// <summary>Asks the conversations; a refusal is answered as it is, everything else as the caller says.</summary>
    /// <param name="audited">Of what takes something away or speaks for somebody else.</param>
    private void Ask(MethodCall call, Func<long, DateTimeOffset, ConversationCommand> command, Action<ConversationReply> answer, ConversationKey? audited = null) => _asked.Ask(
        Context, talk.Actor(), new Asked(call, answer) { Audited = audited }, id => command(id, Whole(call.Now)));

    /// <summary>As it is stored.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private void Replied(ConversationReply reply)
    {
        if (!_asked.TryTake(reply.CommandId, out var asked))
        {
            return;
        }

        if (asked.Audited is { } key)
        {
            Record(asked.Call, key, reply is ConversationReply.Refused no ? RefusalTable.NameOf(no.Code) : "ok");
        }

        if (reply is ConversationReply.Refused)
        {
            asked.NotServed?.Invoke();
        }

        if (reply is ConversationReply.Refused refused && !asked.TakesRefusals)
        {
            Refuse(asked.Call, refused.Code, refused.Message);
        }
        else
        {
            asked.Answer(reply);
        }
    }

    private void Record(MethodCall call, ConversationKey key, string code) => parts.Audit.Operator(
        AuditKind.Invocation, call.Method, call.Principal, call.Session, call.Now, code == "ok" ? AuditOutcome.Ok : AuditOutcome.Refused, code, call.Principal.Device, key.ToString());

    private void Gone(IActorRef actor)
    {
        if (_watched.Remove(actor, out var session))
        {
            talk.Followers.Leave(session);
            return;
        }

        foreach (var ending in _ending.TakeAll(actor))
        {
            Refuse(ending.Call, RefusalCode.JournalUnavailable, "the actor of runs stopped before it answered");
        }

        foreach (var asked in _asked.TakeAll(actor))
        {
            asked.NotServed?.Invoke();
            Refuse(asked.Call, RefusalCode.JournalUnavailable, "the conversations stopped before they answered");
        }
    }

    /// <summary>False, and answered, when the text names no conversation.</summary>
    private bool TryKey(MethodCall call, string text, string? agent, out ConversationKey key)
    {
        if (KeyReading.TryRead(text, agent, talk.Agents.All, out key))
        {
            return true;
        }

        Invalid(call, "the key is none: agent:<id>:<name>, cron:<job>, or a bare name of lower case letters, digits, '.', '_' and '-'");
        return false;
    }

    private ConversationRow? Find(ConversationKey key) => talk.View.Current?.GetValueOrDefault(key);

    private void Follow(MethodCall call)
    {
        if (Watch(call))
        {
            talk.Followers.Follow(call.Session);
        }

        Answer(call, new SessionsSubscribeResult(true), ProtocolJson.Default.SessionsSubscribeResult);
    }

    private void Unfollow(MethodCall call)
    {
        talk.Followers.Unfollow(call.Session);
        Answer(call, new SessionsSubscribeResult(false), ProtocolJson.Default.SessionsSubscribeResult);
    }

    private void FollowOne(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsMessagesSubscribeParams, out var wanted) || !TryKey(call, wanted.Key, null, out var key))
        {
            return;
        }

        if (Watch(call) && !talk.Followers.Follow(call.Session, key))
        {
            Refuse(call, RefusalCode.InvalidRequest, $"this connection follows {ConversationLimits.Subscriptions} conversations already");
            return;
        }

        Answer(call, new SessionsMessagesSubscribeResult(true, key.ToString()), ProtocolJson.Default.SessionsMessagesSubscribeResult);
    }

    private void UnfollowOne(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.SessionsMessagesSubscribeParams, out var wanted) && TryKey(call, wanted.Key, null, out var key))
        {
            talk.Followers.Unfollow(call.Session, key);
            Answer(call, new SessionsMessagesSubscribeResult(false, key.ToString()), ProtocolJson.Default.SessionsMessagesSubscribeResult);
        }
    }

    /// <summary>Of one that has ended meanwhile nothing is kept.</summary>
    private bool Watch(MethodCall call)
    {
        if (!parts.Live.TryFind(call.Session, out var session))
        {
            return false;
        }

        if (_watched.TryAdd(session.Actor, call.Session))
        {
            Context.Watch(session.Actor);
        }

        return true;
    }

    /// <param name="Answer">Of the conversations' reply.</param>
    private sealed record Asked(MethodCall Call, Action<ConversationReply> Answer)
    {
        /// <summary>Refusals too are the caller's to make something of.</summary>
        public bool TakesRefusals { get; init; }

        /// <summary>Refused or not answered at all: takes back what was done for it.</summary>
        public Action? NotServed { get; init; }

        /// <summary>What becomes of it is audited: the conversation that it is about.</summary>
        public ConversationKey? Audited { get; init; }
    }
}

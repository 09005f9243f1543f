using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Messages, turns and what became of them.</summary>
internal sealed partial class ConversationsHandler
{
    private static readonly string NameProblem = $"1 to {ConversationLimits.NameCharacters} characters";

    private readonly Dictionary<(SessionId, long), CancellationTokenSource> _waits = [];

    protected override void Withdrawn(MethodCancelled gone) => EndWait(gone.Session, gone.CallId);

    protected override void PostStop()
    {
        foreach (var wait in _waits.Values)
        {
            wait.Cancel();
            wait.Dispose();
        }

        base.PostStop();
    }

    private void History(MethodCall call)
    {
        HistoryCursor from = default;
        if (!TryRead(call, ProtocolJson.Default.ChatHistoryParams, out var wanted, Problem) || !TryKey(call, wanted.SessionKey, null, out var key))
        {
            return;
        }

        if (wanted.Cursor is { } text && !HistoryCursor.TryParse(text, out from))
        {
            Answer(call, new ChatHistoryResult { Kind = ChatHistoryResult.Reset }, ProtocolJson.Default.ChatHistoryResult);
        }
        else if (wanted.Cursor is null && Rows(call) is null)
        {
            // Served when they have been read.
        }
        else if (wanted.Cursor is null && Find(key) is null && key == ConversationKey.MainOf(key.Agent ?? KeyReading.FallbackAgent))
        {
            // A main conversation is there before anybody has said anything.
            Answer(call, new ChatHistoryResult { SessionKey = key.ToString(), Messages = [], HasMore = false, TotalMessages = 0, Defaults = Defaults() }, ProtocolJson.Default.ChatHistoryResult);
        }
        else
        {
            var offset = wanted.Offset ?? 0;
            Ask(call, (id, now) => new ConversationCommand.Read(id, now, key, wanted.Cursor is null ? null : from.Sequence, wanted.Limit ?? ChatHistoryParams.DefaultLimit, offset), reply => Answer(
                call, HistoryPage.Of((ConversationReply.Page)reply, Find(key), wanted.Cursor is null ? null : from, offset, Defaults()), ProtocolJson.Default.ChatHistoryResult));
        }
    }

    private void Send(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ChatSendParams, out var wanted) && TryKey(call, wanted.SessionKey, wanted.AgentId, out var key))
        {
            Start(call, key, wanted.Message, wanted.IdempotencyKey, wanted.AgentId, TimeoutOf(wanted.TimeoutMs),
                accepted => Answer(call, Sent(accepted), ProtocolJson.Default.ChatSendResult), wanted.Again == true);
        }
    }

    private void SendByKey(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.SessionsSendParams, out var wanted) && TryKey(call, wanted.Key, wanted.AgentId, out var key))
        {
            Start(call, key, wanted.Message, wanted.IdempotencyKey ?? Guid.NewGuid().ToString(), wanted.AgentId, TimeoutOf(wanted.TimeoutMs),
                accepted => Answer(call, Sent(accepted), ProtocolJson.Default.ChatSendResult));
        }
    }

    /// <param name="again">It was accepted before.</param>
    private void Start(MethodCall call, ConversationKey key, string message, string run, string? agent, TimeSpan timeout, Action<ConversationReply.Accepted> accepted, bool again = false)
    {
        if (!IsName(run))
        {
            Invalid(call, $"at $.idempotencyKey: {NameProblem}");
            return;
        }

        AskTurn(call, key, message, run, agent, timeout, reply =>
        {
            switch (reply)
            {
                case ConversationReply.Accepted a: accepted(a); break;
                case ConversationReply.Refused r: Refuse(call, r.Code, r.Message); break;
            }
        }, again);
    }

    /// <summary>Whoever asks hears the turn's events, whatever else they follow; of one that is not open, none will come.</summary>
    private void AskTurn(MethodCall call, ConversationKey key, string message, string run, string? agent, TimeSpan timeout, Action<ConversationReply> answer, bool again = false)
    {
        if (Watch(call))
        {
            talk.Followers.Follow(call.Session, key, run);
        }

        _asked.Ask(Context, talk.Actor(), new Asked(call, reply =>
        {
            if (reply is ConversationReply.Accepted { Ended: not null })
            {
                talk.Followers.Unfollow(call.Session, key, run);
            }

            answer(reply);
        })
        {
            TakesRefusals = true, NotServed = () => talk.Followers.Unfollow(call.Session, key, run),
        }, id => Prompt(call, id, key, message, run, agent, timeout) with { Again = again });
    }

    private static ConversationCommand.Prompt Prompt(MethodCall call, long id, ConversationKey key, string message, string run, string? agent, TimeSpan timeout) => new(
        id, Whole(call.Now), key, new Said(Speaker.User, message, call.Principal.Subject), run, GrantOf(call), timeout, Watcher: null, agent);

    private void AbortChat(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ChatAbortParams, out var wanted) && TryKey(call, wanted.SessionKey, null, out var key))
        {
            Ask(call, (id, now) => new ConversationCommand.Abort(id, now, key, wanted.RunId), reply =>
            {
                var turns = ((ConversationReply.Aborted)reply).Turns;
                EndRunsUnlessOne(call, key, wanted.RunId, runs => Answer(
                    call, new ChatAbortResult(true, turns + runs > 0, turns > 0 && wanted.RunId is { } run ? [run] : []), ProtocolJson.Default.ChatAbortResult));
            });
        }
    }

    private void AbortSession(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsAbortParams, out var wanted, given => given is { Key: null, RunId: null } ? "at $: key or runId" : null))
        {
            return;
        }

        var key = default(ConversationKey);
        if (wanted.Key is { } text ? !TryKey(call, text, null, out key) : !TryRunning(call, wanted.RunId!, out key))
        {
            return;
        }

        Ask(call, (id, now) => new ConversationCommand.Abort(id, now, key, wanted.RunId), reply =>
        {
            var turns = ((ConversationReply.Aborted)reply).Turns;
            EndRunsUnlessOne(call, key, wanted.RunId, runs => Answer(
                call,
                new SessionsAbortResult(true, turns + runs > 0 ? SessionsAbortResult.Aborted : SessionsAbortResult.Nothing, turns) { AbortedRunId = turns > 0 ? wanted.RunId : null, Runs = runs > 0 ? runs : null },
                ProtocolJson.Default.SessionsAbortResult));
        });
    }

    /// <summary>Where the run is the one that runs; false, and answered, when it is nowhere.</summary>
    private bool TryRunning(MethodCall call, string run, out ConversationKey key)
    {
        var rows = Rows(call);
        var row = rows?.FirstOrDefault(row => row.Running == run);
        key = row?.Key ?? default;
        if (rows is not null && row is null)
        {
            Answer(call, new SessionsAbortResult(true, SessionsAbortResult.Nothing, 0), ProtocolJson.Default.SessionsAbortResult);
        }

        return row is not null;
    }

    private void AskAgent(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.AgentParams, out var wanted))
        {
            return;
        }

        var named = wanted.SessionKey ?? (ConversationId.TryParse(wanted.SessionId, out var id) ? id.Key.ToString() : "main");
        if (TryKey(call, named, wanted.AgentId, out var key))
        {
            var timeout = TimeoutOf(wanted.Timeout is { } seconds ? Math.Min(seconds, (long)ConversationLimits.LongestTurn.TotalSeconds) * 1000 : null);
            Start(call, key, wanted.Message, wanted.IdempotencyKey, wanted.AgentId, timeout, accepted =>
            {
                AnswerFirst(call, new AgentResult(accepted.Run, AgentResult.Accepted) { SessionKey = key.ToString(), AcceptedAt = call.Now.ToUnixTimeMilliseconds() }, ProtocolJson.Default.AgentResult);
                AwaitEnd(call, key, accepted.Run, accepted.Ended is null ? ConversationLimits.LongestTurn : TimeSpan.Zero);
            });
        }
    }

    private void AwaitAgent(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.AgentWaitParams, out var wanted, Problem))
        {
            AwaitEnd(call, null, wanted.RunId, TimeSpan.FromMilliseconds(wanted.TimeoutMs ?? AgentWaitParams.DefaultTimeoutMs));
        }
    }

    /// <param name="key">Null: of the turn that was asked for last under this name.</param>
    private void AwaitEnd(MethodCall call, ConversationKey? key, string run, TimeSpan within)
    {
        var wait = _waits[(call.Session, call.CallId)] = new CancellationTokenSource();
        _ = talk.Turns.WaitAsync(key, run, within, parts.Time, wait.Token).PipeTo(
            Self, success: ended => new WaitOver(call, run, ended), failure: _ => new WaitOver(call, run, null));
    }

    private void Waited(WaitOver over)
    {
        EndWait(over.Call.Session, over.Call.CallId);
        if (over.Call.Method == AgentParams.Method)
        {
            Answer(over.Call, AgentEnd.Of(over.Run, over.Ended, parts.Time.GetUtcNow() - over.Call.Now), ProtocolJson.Default.AgentResult);
        }
        else
        {
            Answer(over.Call, AgentEnd.Waited(over.Run, over.Ended, parts.Time.GetUtcNow()), ProtocolJson.Default.AgentWaitResult);
        }
    }

    private void EndWait(SessionId session, long call)
    {
        if (_waits.Remove((session, call), out var wait))
        {
            wait.Cancel();
            wait.Dispose();
        }
    }

    private static ChatSendResult Sent(ConversationReply.Accepted accepted) => new(accepted.Run, accepted switch
    {
        { Ended: TurnEnd.Completed } => AgentResult.Ok,
        { Ended: TurnEnd.Cancelled } => AgentResult.Aborted,
        { Ended: not null } => AgentResult.Error,
        { Again: true } => ChatSendResult.InFlight,
        _ => ChatSendResult.Started,
    })
    {
        MessageSeq = accepted.Sequence > 0 ? accepted.Sequence : null, Position = accepted.Ended is null ? accepted.Position : null, NetclawCode = accepted.Code,
    };

    private static TimeSpan TimeoutOf(long? milliseconds) => milliseconds switch
    {
        null => ConversationLimits.TurnTimeout,
        <= 0 => ConversationLimits.LongestTurn,
        { } given => TimeSpan.FromMilliseconds(Math.Min(given, ConversationLimits.LongestTurn.TotalMilliseconds)),
    };

    /// <summary>Known before anything is kept under it.</summary>
    private static bool IsName(string run) => run.Length is > 0 and <= ConversationLimits.NameCharacters;

    private static string? Problem(AgentWaitParams wanted) => wanted switch
    {
        { TimeoutMs: < 0 or > AgentWaitParams.LongestTimeoutMs } => $"at $.timeoutMs: 0 to {AgentWaitParams.LongestTimeoutMs}",
        _ when !IsName(wanted.RunId) => $"at $.runId: {NameProblem}",
        _ => null,
    };

    private static string? Problem(ChatHistoryParams wanted) => wanted switch
    {
        { Limit: < 1 or > ChatHistoryParams.MostLimit } => $"at $.limit: 1 to {ChatHistoryParams.MostLimit}",
        { Offset: < 0 } => "at $.offset: 0 or more",
        _ => null,
    };

    /// <param name="Ended">Null: not in time, or nobody knows of it.</param>
    private sealed record WaitOver(MethodCall Call, string Run, TurnEnded? Ended);
}

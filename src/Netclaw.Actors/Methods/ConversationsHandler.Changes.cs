using System.Text.Json;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>What changes conversations as a whole.</summary>
internal sealed partial class ConversationsHandler
{
    private void Create(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsCreateParams, out var wanted, given => given.IdempotencyKey is { } name && !IsName(name) ? $"at $.idempotencyKey: {NameProblem}" : null)
            || !TryKey(call, wanted.Key ?? $"agent:{wanted.AgentId ?? KeyReading.DefaultOf(talk.Agents.All)}:dashboard:{Guid.NewGuid()}", wanted.AgentId, out var key))
        {
            return;
        }

        Ask(call, (id, now) => new ConversationCommand.Begin(id, now, key, wanted.Label), reply =>
        {
            var row = ((ConversationReply.Changed)reply).Row;
            if (wanted.Message is not { Length: > 0 } message)
            {
                Created(call, row, null);
                return;
            }

            var run = wanted.IdempotencyKey ?? Guid.NewGuid().ToString();
            AskTurn(call, key, message, run, wanted.AgentId, ConversationLimits.TurnTimeout, answer => Created(call, row, answer));
        });
    }

    private void Created(MethodCall call, ConversationRow row, ConversationReply? first)
    {
        var created = new SessionsCreateResult(true, row.Key.ToString(), row.Id.ToString(), ConversationWire.Of(row), first is ConversationReply.Accepted);
        Answer(call, first switch
        {
            ConversationReply.Accepted a => created with { RunId = a.Run, MessageSeq = a.Sequence > 0 ? a.Sequence : null },
            ConversationReply.Refused r => created with { RunError = new SessionRunError(RefusalTable.NameOf(r.Code), r.Message) },
            _ => created,
        }, ProtocolJson.Default.SessionsCreateResult);
    }

    private void Patch(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsPatchParams, out var wanted, Problem) || !TryKey(call, wanted.Key, null, out var key))
        {
            return;
        }

        var label = wanted.Label.ValueKind switch { JsonValueKind.String => wanted.Label.GetString(), JsonValueKind.Null => "", _ => null };
        Ask(call, (id, now) => new ConversationCommand.Patch(id, now, key, label, wanted.Archived), reply =>
        {
            var row = ConversationWire.Of(((ConversationReply.Changed)reply).Row);
            Answer(call, new SessionsPatchResult(true, row.Key, row), ProtocolJson.Default.SessionsPatchResult);
        });
    }

    private void Reset(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.SessionsResetParams, out var wanted) && TryKey(call, wanted.Key, null, out var key))
        {
            Ask(call, (id, now) => new ConversationCommand.Reset(id, now, key), reply =>
            {
                var row = ConversationWire.Of(((ConversationReply.Changed)reply).Row);
                EndRuns(call, key, gone: true, _ => Answer(call, new SessionsResetResult(true, row.Key, row.SessionId!, row), ProtocolJson.Default.SessionsResetResult));
            }, audited: key);
        }
    }

    private void Delete(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.SessionsDeleteParams, out var wanted) || !TryKey(call, wanted.Key, null, out var key))
        {
            return;
        }

        var asked = new Asked(call, reply =>
        {
            switch (reply)
            {
                case ConversationReply.Refused { Code: RefusalCode.MissingScope } refused:
                    Answer(call, CallResponse.Failure(CallGate.MissingScope(refused.Message, Scope.Admin)));
                    break;
                case ConversationReply.Refused refused:
                    Refuse(call, refused.Code, refused.Message);
                    break;
                default:
                    EndRuns(call, key, gone: true, _ => Answer(
                        call, new SessionsDeleteResult(true, key.ToString(), ((ConversationReply.Deleted)reply).Existed, []), ProtocolJson.Default.SessionsDeleteResult));
                    break;
            }
        });
        _asked.Ask(Context, talk.Actor(), asked with { Audited = key, TakesRefusals = true }, id => new ConversationCommand.Delete(id, Whole(call.Now), key)
        {
            Transcript = wanted.ExpectedSessionId, ArchivedOnly = wanted.ArchivedOnly == true, Admin = call.Principal.Scopes.Covers(Scope.Admin),
        });
    }

    private void Inject(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ChatInjectParams, out var wanted, given => given.Message.Length == 0 ? "at $.message: 1 character or more" : null) && TryKey(call, wanted.SessionKey, null, out var key))
        {
            var said = new Said(Speaker.Assistant, wanted.Label is { Length: > 0 } label ? $"[{label}] {wanted.Message}" : wanted.Message, call.Principal.Subject);
            Ask(call, (id, now) => new ConversationCommand.Append(id, now, key, said, $"inject:{Guid.NewGuid()}"), reply =>
            {
                var sequence = ((ConversationReply.Appended)reply).Sequence;
                Answer(call, new ChatInjectResult(true, Find(key) is { } row ? ConversationWire.IdOf(row.Id, sequence) : "", sequence), ProtocolJson.Default.ChatInjectResult);
            }, audited: key);
        }
    }

    /// <summary>What whoever calls lets an agent do: never more than they may themselves.</summary>
    private static AgentGrant GrantOf(MethodCall call) => new(call.Principal.Subject, call.Principal.Scopes, call.Principal.Run, call.Principal.Run is null ? 0 : 1) { Device = call.Principal.Device };

    private static string? Problem(SessionsPatchParams wanted) =>
        wanted.Label.ValueKind is JsonValueKind.Undefined or JsonValueKind.String or JsonValueKind.Null ? null : "at $.label: a text or null";
}

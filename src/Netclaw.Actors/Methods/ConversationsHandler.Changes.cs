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
        if (!TryRead(call, ProtocolJson.Default.SessionsCreateParams, out var wanted)
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
            talk.Followers.Follow(call.Session, run);
            _asked.Ask(Context, talk.Actor(), new Asked(call, answer => Created(call, row, answer)) { TakesRefusals = true },
                id => Prompt(call, id, key, message, run, wanted.AgentId, ConversationLimits.TurnTimeout));
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
        if (!TryRead(call, ProtocolJson.Default.SessionsDeleteParams, out var wanted) || !TryKey(call, wanted.Key, null, out var key) || Rows(call) is null)
        {
            return;
        }

        var row = Find(key);
        if (row is { ArchivedAt: null } && wanted.ArchivedOnly == true)
        {
            Refuse(call, RefusalCode.InvalidRequest, $"{key} is not archived");
        }
        else if (row is not null && wanted.ExpectedSessionId is { } expected && expected != row.Id.ToString())
        {
            Refuse(call, RefusalCode.InvalidRequest, $"{key} has another transcript than {expected}");
        }
        else if (row is { ArchivedAt: null } && !call.Principal.Scopes.Covers(Scope.Admin))
        {
            Record(call, key, RefusalTable.NameOf(RefusalCode.MissingScope));
            Answer(call, CallResponse.Failure(CallGate.MissingScope($"deleting {key}, which is not archived,", Scope.Admin)));
        }
        else
        {
            Ask(call, (id, now) => new ConversationCommand.Delete(id, now, key), reply => EndRuns(call, key, gone: true, _ => Answer(
                call, new SessionsDeleteResult(true, key.ToString(), ((ConversationReply.Deleted)reply).Existed, []), ProtocolJson.Default.SessionsDeleteResult)), audited: key);
        }
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

using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// Serves <c>device.pair.*</c>. Lists come from the snapshot; everything else asks the registry and answers when it is durable. When the
/// registry stops, what is open is answered <c>journal_unavailable</c>.
/// </summary>
internal sealed partial class DevicesHandler : MethodHandlerActor
{
    private readonly HandlerParts _parts;
    private readonly OpenQuestions<Asked> _asked = new();
    private int _stretching;

    public DevicesHandler(HandlerParts parts) => _parts = parts;

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case PairListResult.Method: List(call); break;
            case CodeCreateParams.Method: CreateCode(call); break;
            case PairApproveParams.Method: Approve(call); break;
            case PairRejectParams.Method: Reject(call); break;
            case PairRemoveParams.Method: Remove(call); break;
            case PairRenameParams.Method: Rename(call); break;
            case ScopesSetParams.Method: SetScopes(call); break;
            case DevicesConfirmParams.Method: ConfirmDevices(call); break;
            case TokenRotateParams.Method: RotateToken(call); break;
            case ScopesRequestParams.Method: RequestUpgrade(call); break;
            case ScopesWaitParams.Method: WaitForUpgrade(call); break;
            case KeyRotateParams.Method: RotateKey(call); break;
            case ImportParams.Method: Import(call); break;
            case LegacyRemoveParams.Method: RemoveLegacy(call); break;
            case TokenRevokeParams.Method: RevokeToken(call); break;
            case LocalPairingResult.StatusMethod: Answer(call, LocalPairing(), ProtocolJson.Default.LocalPairingResult); break;
            case LocalPairingResult.ConfirmMethod: Ask(new Asked(call), id => new RegistryCommand.ConfirmLocalPairing(id, call.Now, call.Principal)); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        switch (message)
        {
            case RegistryReply reply: Replied(reply); return true;
            case Stretched stretched: Mint(stretched); return true;
            case StretchFailed failed: NotStretched(failed); return true;
            case Terminated gone: RegistryStopped(gone.ActorRef); return true;
            default: return false;
        }
    }

    private void List(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.PairListParams, out var wanted))
        {
            Answer(call, DeviceRows.List(_parts.View.Current ?? RegistrySnapshot.Empty, _parts.Live, wanted.All, call.Now), ProtocolJson.Default.PairListResult);
        }
    }

    private void Approve(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.PairApproveParams, out var approve))
        {
            Ask(new Asked(call), id => new RegistryCommand.Approve(
                id, call.Now, approve.RequestId, approve.Symbols, approve.Scopes, approve.Name, call.Principal));
        }
    }

    private void Reject(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.PairRejectParams, out var reject))
        {
            Ask(new Asked(call), id => new RegistryCommand.Reject(id, call.Now, reject.RequestId, reject.Reason, call.Principal));
        }
    }

    private void Remove(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.PairRemoveParams, out var remove))
        {
            Ask(new Asked(call) { Device = remove.DeviceId, Reason = remove.Reason },
                id => new RegistryCommand.Revoke(id, call.Now, remove.DeviceId, remove.Reason, call.Principal));
        }
    }

    private LocalPairingResult LocalPairing() => LocalPairingRow.Of(_parts);

    private void Ask(Asked asked, Func<long, object> command) => _asked.Ask(Context, _parts.Registry(), asked, command);

    private void RegistryStopped(IActorRef registry)
    {
        foreach (var asked in _asked.TakeAll(registry))
        {
            Refuse(asked.Call, RefusalCode.JournalUnavailable, "the registry stopped before it answered");
        }
    }

    /// <summary>A question to the registry that is not answered yet. Not a record: it may hold a code or a token.</summary>
    private sealed class Asked(MethodCall call)
    {
        public MethodCall Call { get; } = call;
        public DeviceId? Device { get; init; }
        public string? Reason { get; init; }
        public PairingCode? Code { get; init; }
        public Secret? Token { get; init; }
    }
}

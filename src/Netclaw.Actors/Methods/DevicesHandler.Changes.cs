using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Names, scopes and tokens of devices that are paired.</summary>
internal sealed partial class DevicesHandler
{
    private void Rename(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.PairRenameParams, out var rename))
        {
            Ask(new Asked(call) { Device = rename.DeviceId }, id => new RegistryCommand.Rename(id, call.Now, rename.DeviceId, rename.Label, call.Principal));
        }
    }

    private void ConfirmDevices(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.DevicesConfirmParams, out var confirm))
        {
            return;
        }

        if (confirm.Devices is { Length: 0 })
        {
            Refuse(call, RefusalCode.InvalidRequest, $"invalid {call.Method} params: at $.devices: must name a device, or be left out for all of them");
            return;
        }

        Ask(new Asked(call) { Device = confirm.Devices is [var only] ? only : null }, id => new RegistryCommand.ConfirmDevices(id, call.Now, confirm.Devices ?? [], call.Principal));
    }

    private void SetScopes(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ScopesSetParams, out var set))
        {
            Ask(new Asked(call) { Device = set.DeviceId },
                id => new RegistryCommand.SetScopes(id, call.Now, set.DeviceId, set.Scopes, call.Principal, call.Session));
        }
    }

    private void RotateToken(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.TokenRotateParams, out var rotate) && IsRole(call, rotate.Role))
        {
            var (token, salt) = DeviceTokens.New(_parts.Sealer, rotate.DeviceId, rotate.Role);
            Ask(new Asked(call) { Device = rotate.DeviceId, Token = token }, id => new RegistryCommand.RotateToken(
                id, call.Now, rotate.DeviceId, rotate.Role, rotate.Scopes, DeviceTokens.HashOf(token), call.Principal, call.Session) { Salt = salt });
        }
    }

    private void RevokeToken(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.TokenRevokeParams, out var revoke) && IsRole(call, revoke.Role))
        {
            Ask(new Asked(call) { Device = revoke.DeviceId },
                id => new RegistryCommand.RevokeToken(id, call.Now, revoke.DeviceId, revoke.Role, call.Principal, call.Session));
        }
    }

    private bool IsRole(MethodCall call, Role role)
    {
        if (Enum.IsDefined(role))
        {
            return true;
        }

        Refuse(call, RefusalCode.InvalidRequest, $"invalid {call.Method} params: at $.role: must be operator or node");
        return false;
    }

    /// <summary>Durable, and what stood on the former is closed.</summary>
    private void Changed(Asked asked, RegistryReply.Changed changed)
    {
        var device = changed.Device;
        var now = _parts.Time.GetUtcNow();
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", device.Id, Told(asked, changed));
        SessionBroadcast.Tell(_parts.Live, PairingEvents.Change(now, device));
        switch (asked.Call.Method)
        {
            case PairRenameParams.Method:
                Answer(asked.Call, new PairRenameResult(device.Id, device.Name), ProtocolJson.Default.PairRenameResult);
                break;
            case ScopesSetParams.Method:
                Answer(asked.Call, new ScopesSetResult(DeviceRows.Row(device, _parts.Live), changed.ConnectionsClosed), ProtocolJson.Default.ScopesSetResult);
                break;
            case KeyRotateParams.Method:
                Answer(asked.Call, new KeyRotateResult(device.Id, asked.Device!.Value, device.Name, changed.ConnectionsClosed), ProtocolJson.Default.KeyRotateResult);
                break;
            case TokenRotateParams.Method when changed.TokenRole is { } role && device.Tokens.FirstOrDefault(token => token.Role == role) is { } token:
                Answer(asked.Call, new TokenRotateResult(
                    device.Id, role, token.Scopes, token.IssuedAt.ToUnixTimeMilliseconds(), TokenRotateResult.InBand, asked.Token), ProtocolJson.Default.TokenRotateResult);
                break;
            case TokenRevokeParams.Method when changed.TokenRole is { } role:
                Answer(asked.Call, new TokenRevokeResult(device.Id, role, now.ToUnixTimeMilliseconds()), ProtocolJson.Default.TokenRevokeResult);
                break;
            default:
                Unexpected(asked, changed);
                break;
        }
    }

    private void Confirmed(Asked asked, RegistryReply.Confirmed confirmed)
    {
        foreach (var device in confirmed.Devices)
        {
            Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", device.Id, "confirmed after a restore");
        }

        Answer(asked.Call, new DevicesConfirmResult([.. confirmed.Devices.Select(device => DeviceRows.Row(device, _parts.Live))]), ProtocolJson.Default.DevicesConfirmResult);
    }

    private static string Told(Asked asked, RegistryReply.Changed changed) => asked.Call.Method switch
    {
        PairRenameParams.Method => $"named {changed.Device.Name}",
        KeyRotateParams.Method => $"new key in place of {asked.Device?.Short}, {changed.ConnectionsClosed} closed",
        ScopesSetParams.Method => $"[{changed.Device.Scopes}], {changed.ConnectionsClosed} closed",
        _ => $"token for {(changed.TokenRole is { } role ? NativeTranscript.RoleText(role) : "no role")}, {changed.ConnectionsClosed} closed",
    };
}

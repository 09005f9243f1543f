using System.Collections.Immutable;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>Revoking: durable, idempotent, and what the device was still asking for falls with it.</summary>
internal static class RevocationRules
{
    public static Decision Revoke(RegistryCommand.Revoke command, RegistryState state)
    {
        if (ApproverRules.MayDecide(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        if (!ReasonText.TryNormalize(command.Reason, out var reason))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, ReasonText.Rule);
        }

        if (!state.Devices.TryGetValue(command.Device, out var device))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNotFound, $"no device {command.Device.Short}");
        }

        if (device.Kind == DeviceKind.Host)
        {
            return Decision.Refuse(command, RefusalCode.DeviceNotFound,
                $"{device.Id.Short} is the gateway's own host credential, not a paired device; it cannot be revoked");
        }

        if (device.IsRevoked)
        {
            return Decision.Accept(new RegistryReply.Revoked(command.CommandId, device, 0));
        }

        ImmutableArray<RegistryEvent> events =
        [
            new RegistryEvent.DeviceRevoked(command.Now, device.Id, command.By.Subject, reason),
            .. state.Pending.Values.Where(request => request.Key.Equals(device.Key))
                .Select(request => new RegistryEvent.PairingDropped(command.Now, request.Id, DropCause.DeviceRevoked)),
        ];
        return new Decision(events, new RegistryReply.Revoked(command.CommandId, device with { RevokedAt = command.Now }, 0));
    }
}

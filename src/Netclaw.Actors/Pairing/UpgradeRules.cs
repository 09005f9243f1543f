using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>A device that is paired asks for more; an operator who holds it decides, as about any request.</summary>
internal static class UpgradeRules
{
    public static Decision Request(RegistryCommand.RequestUpgrade command, RegistryState state)
    {
        if (command.By.Device is not { } id || !state.Devices.TryGetValue(id, out var device))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"{command.By.Subject} is no paired device: what it may do is not asked for but configured");
        }

        if (device.IsRevoked)
        {
            return Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{id.Short} was revoked");
        }

        if (!device.Roles.Contains(Role.Operator))
        {
            return Decision.Refuse(command, RefusalCode.RoleNotAllowed, $"{id.Short} is a node: it holds no operator scopes");
        }

        var missing = new ScopeSet(command.Scopes.Flags & ~device.Scopes.Expanded.Flags);
        return missing.IsEmpty
            ? Decision.Refuse(command, RefusalCode.InvalidRequest, $"{id.Short} holds [{device.Scopes}]: there is nothing more in what it asks for")
            : RequestRules.Request(
                new RegistryCommand.RequestPairing(
                    command.CommandId, command.Now, device.Key, Role.Operator, missing, device.Name, device.Platform, command.ClientAddress, Symbols: null)
                {
                    FreshId = command.FreshId,
                }, state);
    }
}

using System.Collections.Immutable;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>Another key for the same device: in one record, so that after any crash exactly one of the two is good. Takes no scope: it is the device's own.</summary>
internal static class RekeyRules
{
    public static Decision Rekey(RegistryCommand.Rekey command, RegistryState state)
    {
        if (command.By.Device != command.Device || !state.Devices.TryGetValue(command.Device, out var device) || device.IsRevoked)
        {
            return Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{command.Device.Short} is not paired any more");
        }

        if (device.Kind == DeviceKind.Host)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, "the gateway's own host credential is not rotated by a call");
        }

        var id = command.Key.DeviceId;
        if (state.Devices.ContainsKey(id))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"the key of {id.Short} is known already: a rotation takes a fresh one");
        }

        var renewed = device with { Id = id, Key = command.Key, Tokens = [] };
        ImmutableArray<RegistryEvent> events =
        [
            new RegistryEvent.DeviceRekeyed(command.Now, device.Id, renewed),
            .. state.Pending.Values.Where(request => request.Key.Equals(device.Key))
                .Select(request => new RegistryEvent.PairingDropped(command.Now, request.Id, DropCause.DeviceRevoked)),
        ];
        return new Decision(events, new RegistryReply.Changed(command.CommandId, renewed));
    }
}

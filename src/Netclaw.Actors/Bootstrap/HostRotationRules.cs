using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Bootstrap;

/// <summary>
/// Another host credential, in two records around the change of its key file (recovery.md): prepared, then rotated. Until the second the former one
/// is good; with it that one is a tombstone. No other device is touched by either.
/// </summary>
internal static class HostRotationRules
{
    /// <summary>What connections of the former host device hear.</summary>
    public const string Reason = "the host credential was rotated";

    public static Decision Prepare(RegistryCommand.PrepareHostRotation command, RegistryState state)
    {
        var id = command.Key.DeviceId;
        if (state.Devices.ContainsKey(id))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"the key of {id.Short} is known already: a rotation takes a fresh one");
        }

        var done = new RegistryReply.Done(command.CommandId);
        return state.PreparedHost == id ? Decision.Accept(done) : Decision.Accept(done, new RegistryEvent.HostCredentialRotationPrepared(command.Now, id, state.Host));
    }

    public static Decision Rotate(RegistryCommand.RotateHost command, RegistryState state)
    {
        var id = command.Key.DeviceId;
        if (state.Host == id)
        {
            return Decision.Accept(new RegistryReply.HostRotated(command.CommandId, state.Devices[id], null));
        }

        if (state.PreparedHost != id && !Sabotage.Is(Break.RotateAnUnpreparedHost))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"the key of {id.Short} was not prepared as this host's");
        }

        if (state.Devices.ContainsKey(id))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"the key of {id.Short} was enrolled meanwhile: a rotation takes a fresh one");
        }

        if (!DeviceName.TryNormalize(command.Name, out var name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        var former = state.Host is { } host ? state.Devices[host] : null;
        var device = BootstrapRules.HostDevice(command.Key, UniqueName.Choose(name, id, former is null ? state.Names : state.Names.Remove(former.Name)), command.Now);
        ImmutableArray<RegistryEvent> events =
        [
            new RegistryEvent.HostCredentialRotated(command.Now, device, former?.Id),
            .. BootstrapRules.Seeded(state, command.Now),
            .. state.Pending.Values.Where(request => former is not null && request.Key.Equals(former.Key))
                .Select(request => new RegistryEvent.PairingDropped(command.Now, request.Id, DropCause.DeviceRevoked)),
        ];
        return new Decision(events, new RegistryReply.HostRotated(command.CommandId, device, former?.Id));
    }

    public static Decision Abandon(RegistryCommand.AbandonHostRotation command, RegistryState state)
    {
        var done = new RegistryReply.Done(command.CommandId);
        return state.PreparedHost is { } key ? Decision.Accept(done, new RegistryEvent.HostCredentialRotationAbandoned(command.Now, key)) : Decision.Accept(done);
    }
}

using System.Collections.Immutable;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>What operators change about a device that is paired, and what is only noted about it.</summary>
internal static class ChangeRules
{
    public static Decision Rename(RegistryCommand.Rename command, RegistryState state)
    {
        if (Find(command, command.By, command.Device, state, out var device) is { } refusal)
        {
            return refusal;
        }

        if (!DeviceName.TryNormalize(command.Name, out var name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        var renamed = device with { Name = UniqueName.Choose(name, device.Id, state.Names) };
        return Changed(command, device, renamed, renamed.Name == device.Name ? null : new RegistryEvent.DeviceRenamed(command.Now, device.Id, renamed.Name, command.By.Subject));
    }

    /// <summary>Whatever is taken away falls to anybody who may decide about pairings; what is added must be held by the one who adds it.</summary>
    public static Decision SetScopes(RegistryCommand.SetScopes command, RegistryState state)
    {
        if (Find(command, command.By, command.Device, state, out var device) is { } refusal)
        {
            return refusal;
        }

        if (device.Kind == DeviceKind.Host)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"{device.Id.Short} is the gateway's own host credential: it always holds all scopes");
        }

        if (!device.Roles.Contains(Role.Operator))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"{device.Id.Short} is a node: it holds no operator scopes");
        }

        if (command.Scopes.IsEmpty)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, "an operator's device must hold at least one scope; to shut it out, revoke it");
        }

        var added = new ScopeSet(command.Scopes.Flags & ~device.Scopes.Expanded.Flags);
        return ApproverRules.MayGrant(command, command.By, Role.Operator, added, state)
            ?? Changed(command, device, device.Narrowed(command.Scopes), command.Scopes == device.Scopes
                ? null
                : new RegistryEvent.DeviceScopesChanged(command.Now, device.Id, command.Scopes, command.By.Subject));
    }

    public static Decision Seen(RegistryCommand.NoteSeen command, RegistryState state)
    {
        ImmutableArray<DeviceId> known = [.. command.Devices.Distinct().Where(id => state.Devices.TryGetValue(id, out var device) && !device.IsRevoked)];
        return known.IsEmpty
            ? Decision.Accept(new RegistryReply.Done(command.CommandId))
            : Decision.Accept(new RegistryReply.Done(command.CommandId), [.. known.Chunk(RegistryEvent.DevicesSeen.Most).Select(chunk => new RegistryEvent.DevicesSeen(command.Now, [.. chunk]))]);
    }

    /// <summary>Null when <paramref name="by"/> may decide about pairings and the device is paired.</summary>
    internal static Decision? Find(RegistryCommand command, Principal by, DeviceId id, RegistryState state, out Device device)
    {
        device = null!;
        if (ApproverRules.MayDecide(command, by, state) is { } refusal)
        {
            return refusal;
        }

        if (!state.Devices.TryGetValue(id, out var found))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNotFound, $"no device {id.Short}");
        }

        device = found;
        return found.IsRevoked ? Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{id.Short} is revoked") : null;
    }

    private static Decision Changed(RegistryCommand command, Device before, Device after, RegistryEvent? @event)
    {
        var reply = new RegistryReply.Changed(command.CommandId, @event is null ? before : after);
        return @event is null ? Decision.Accept(reply) : Decision.Accept(reply, @event);
    }
}

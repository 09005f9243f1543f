using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Bootstrap;

/// <summary>The daemon's own first steps (recovery.md): its host credential, and how far the installation has come.</summary>
internal static class BootstrapRules
{
    public const string Enroller = "daemon";

    public static Decision EnrolHost(RegistryCommand.EnrolHost command, RegistryState state)
    {
        var id = command.Key.DeviceId;
        if (state.Host == id)
        {
            return Decision.Accept(new RegistryReply.Done(command.CommandId));
        }

        if (state.Host is { } host)
        {
            return Decision.Refuse(command, RefusalCode.KeyUnreadable, $"the host key file holds {id.Short}, but {host.Short} is enrolled as this host");
        }

        // Whoever takes the host away does not leave its place to any key that lies there.
        if (state.Bootstrap > BootstrapPhase.NotStarted)
        {
            return Decision.Refuse(command, RefusalCode.KeyUnreadable, $"the host key file holds {id.Short}, but no host is enrolled any more");
        }

        if (state.Devices.TryGetValue(id, out var known))
        {
            return Decision.Refuse(command, known.IsRevoked ? RefusalCode.DeviceRevoked : RefusalCode.KeyUnreadable,
                $"the host key file holds {id.Short}, which is {(known.IsRevoked ? "revoked" : "paired as another device")}");
        }

        if (!DeviceName.TryNormalize(command.Name, out var name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        var device = HostDevice(command.Key, UniqueName.Choose(name, id, state.Names), command.Now);
        return Decision.Accept(new RegistryReply.Done(command.CommandId), [new RegistryEvent.HostEnrolled(command.Now, device), .. Seeded(state, command.Now)]);
    }

    public static Device HostDevice(PublicKey key, string name, DateTimeOffset now) => new()
    {
        Id = key.DeviceId, Key = key, Name = name, Kind = DeviceKind.Host,
        Roles = [Role.Operator, Role.Node], Scopes = ScopeSet.All, Via = PairedVia.Bootstrap, PairedBy = Enroller, PairedAt = now,
    };

    /// <summary>With the first host device the installation has begun.</summary>
    public static IEnumerable<RegistryEvent> Seeded(RegistryState state, DateTimeOffset now) => state.Bootstrap == BootstrapPhase.NotStarted
        ? [new RegistryEvent.BootstrapAdvanced(now, BootstrapPhase.Seeded)]
        : [];

    public static Decision Complete(RegistryCommand.CompleteBootstrap command, RegistryState state) => state.Bootstrap switch
    {
        BootstrapPhase.NotStarted => Decision.Refuse(command, RefusalCode.InvalidRequest, "the host is not enrolled yet"),
        BootstrapPhase.Seeded => Decision.Accept(
            new RegistryReply.Done(command.CommandId), new RegistryEvent.BootstrapAdvanced(command.Now, BootstrapPhase.Completed)),
        _ => Decision.Accept(new RegistryReply.Done(command.CommandId)),
    };
}

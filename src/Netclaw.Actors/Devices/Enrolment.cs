using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>What both pairing flows end in: a device with its name, its grants and, where needed, its tombstone lifted.</summary>
internal sealed record Enrolment(Device Device, ImmutableArray<RegistryEvent> Before)
{
    /// <param name="grant">Key, role, scopes, how and by whom. Its name is made unique.</param>
    public static Enrolment Of(Device grant, RegistryState state)
    {
        var named = grant with { Name = UniqueName.Choose(grant.Name, grant.Id, state.Names) };
        if (!state.Devices.TryGetValue(grant.Id, out var before))
        {
            return new Enrolment(named, []);
        }

        // A revoked device starts over: nothing it once held comes back with the new pairing.
        // So does a suspended one: what it held is not known to be its own any more.
        return before.IsRevoked
            ? new Enrolment(named, [new RegistryEvent.TombstoneLifted(grant.PairedAt, grant.Id)])
            : before.IsSuspended ? new Enrolment(named with { SeenAt = before.SeenAt }, [])
            : new Enrolment(named with { Roles = Union(before.Roles, grant.Roles), Scopes = before.Scopes | grant.Scopes, SeenAt = before.SeenAt, Tokens = before.Tokens }, []);
    }

    private static ImmutableArray<Role> Union(ImmutableArray<Role> held, ImmutableArray<Role> granted) =>
        [.. held.Union(granted).Order()];
}

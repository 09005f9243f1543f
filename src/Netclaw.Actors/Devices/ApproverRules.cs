using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>What the one who decides about pairings may do, by what the registry knows of him now, not when he connected.</summary>
internal static class ApproverRules
{
    /// <summary>Null when <paramref name="by"/> may decide about pairings at all.</summary>
    public static Decision? MayDecide(RegistryCommand command, Principal by, RegistryState state)
    {
        if (!StillStands(by, state))
        {
            return Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{by.Subject} asked, and is not paired any more");
        }

        return Held(by, state).Covers(Scope.Pairing)
            ? null
            : Decision.Refuse(command, RefusalCode.MissingScope, $"{by.Subject} does not hold operator.pairing");
    }

    /// <summary>Null when <paramref name="by"/> holds everything.</summary>
    public static Decision? MayAdminister(RegistryCommand command, Principal by, RegistryState state) =>
        MayDecide(command, by, state) ?? (Held(by, state).Covers(Scope.Admin)
            ? null
            : Decision.Refuse(command, RefusalCode.MissingScope, $"{by.Subject} does not hold operator.admin"));

    /// <summary>Null when <paramref name="by"/> may give somebody this role and these scopes.</summary>
    public static Decision? MayGrant(RegistryCommand command, Principal by, Role role, ScopeSet scopes, RegistryState state)
    {
        var held = Held(by, state);
        if (!held.Covers(scopes))
        {
            var missing = new ScopeSet(scopes.Flags & ~held.Expanded.Flags);
            return Decision.Refuse(command, RefusalCode.PairingScopeExceedsApprover, $"{by.Subject} does not hold {missing}");
        }

        return role == Role.Operator || held.Covers(Scope.Admin)
            ? null
            : Decision.Refuse(command, RefusalCode.MissingScope, $"only operator.admin may pair a device as {NativeTranscript.RoleText(role)}");
    }

    private static bool StillStands(Principal by, RegistryState state) =>
        by.Device is not { } id || (state.Devices.TryGetValue(id, out var device) && device is { IsRevoked: false, IsSuspended: false });

    /// <summary>What <paramref name="by"/> holds now, however much it was when it connected.</summary>
    public static ScopeSet Held(Principal by, RegistryState state) =>
        by.Device is { } id && state.Devices.TryGetValue(id, out var device) ? device.Scopes.Grant(by.Scopes) : by.Scopes;
}

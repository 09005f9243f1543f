using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>A legacy device's one way on: its token is spent in the very record that enrols its key. And its other end: it is taken back.</summary>
internal static class LegacyRules
{
    /// <summary>The policy found the token right on an older snapshot; what has been spent or taken back since stays so.</summary>
    public static Decision Enrol(RegistryCommand.EnrolLegacy command, RegistryState state)
    {
        var id = command.Key.DeviceId;
        if (state.Devices.TryGetValue(id, out var known))
        {
            return Known(command, known);
        }

        if (!state.Legacy.TryGetValue(command.Legacy, out var legacy))
        {
            return Decision.Refuse(command, RefusalCode.LegacyTokenInvalid, $"no imported device {command.Legacy}");
        }

        if (!legacy.IsWaiting)
        {
            return Decision.Refuse(command, RefusalCode.LegacyTokenSpent, Spent(legacy));
        }

        var device = new Device
        {
            Id = id, Key = command.Key, Name = UniqueName.Choose(legacy.Name, id, state.Names), Platform = PlatformText.Normalize(command.Platform),
            Kind = DeviceKind.Paired, Roles = [Role.Operator], Scopes = ScopeSet.DeviceDefault, Via = PairedVia.Import, PairedBy = $"legacy:{legacy.Id}",
            PairedAt = command.Now,
        };
        return Decision.Accept(
            new RegistryReply.Paired(command.CommandId, device), new RegistryEvent.LegacyDeviceEnrolled(command.Now, legacy.Id, device, command.ClientAddress));
    }

    public static Decision Remove(RegistryCommand.RemoveLegacy command, RegistryState state)
    {
        if (ApproverRules.MayDecide(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        if (!ReasonText.TryNormalize(command.Reason, out var reason))
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, ReasonText.Rule);
        }

        return state.Legacy.GetValueOrDefault(command.Legacy) switch
        {
            null => Decision.Refuse(command, RefusalCode.DeviceNotFound, $"no imported device {command.Legacy}"),
            { EnrolledAs: { } device } => Decision.Refuse(command, RefusalCode.DeviceNotFound, $"{command.Legacy} has its key by now: it is {device.Short}"),
            { RemovedAt: not null } removed => Decision.Accept(new RegistryReply.LegacyRemoved(command.CommandId, removed)),
            var waiting => Decision.Accept(
                new RegistryReply.LegacyRemoved(command.CommandId, waiting with { RemovedAt = command.Now }),
                new RegistryEvent.LegacyDeviceRemoved(command.Now, command.Legacy, command.By.Subject, reason)),
        };
    }

    /// <summary>For the person who holds a right token that opens nothing any more.</summary>
    public static string Spent(LegacyDevice legacy) => legacy switch
    {
        { EnrolledAs: { } device, EnrolledAt: { } at } => $"the token of {legacy.Id} was used on {ImportedTime.Day(at)} for {device.Short}",
        { RemovedAt: { } at } => $"{legacy.Id} was taken back on {ImportedTime.Day(at)}",
        _ => $"{legacy.Id} does not wait for a key",
    };

    /// <summary>An answer that got lost, or a pairing meanwhile: the session asks the policy again, which sees the device as it is now. No token is spent on it.</summary>
    private static Decision Known(RegistryCommand.EnrolLegacy command, Device known) => known switch
    {
        { IsRevoked: true } => Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{known.Id.Short} was revoked; nothing but a code or an approval lifts that"),
        { Kind: DeviceKind.Host } => Decision.Refuse(command, RefusalCode.HostCredentialNotLocal, "the gateway's own host credential is not paired"),
        _ => Decision.Accept(new RegistryReply.Paired(command.CommandId, known)),
    };
}

using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>Local devices paired without a prompt (trust.md section 6), and when that is suspended.</summary>
internal static class LocalPairingRules
{
    public static Decision Pair(RegistryCommand.PairSilently command, RegistryState state)
    {
        var id = command.Key.DeviceId;
        if (state.Devices.TryGetValue(id, out var known))
        {
            return Known(command, known);
        }

        // The policy looked at an older snapshot: what was suspended since stays shut.
        if (state.LocalPairingSuspended)
        {
            return Decision.Refuse(command, RefusalCode.PairingRequired,
                $"{id.Short} is not paired, and pairing local devices without a prompt is suspended until an operator confirms it");
        }

        var name = DeviceName.TryNormalize(command.Name, out var own, out _) ? own : id.Short;
        var device = new Device
        {
            Id = id, Key = command.Key, Name = UniqueName.Choose(name, id, state.Names), Platform = PlatformText.Normalize(command.Platform),
            Kind = DeviceKind.Paired, Roles = [command.Role], Scopes = command.Scopes,
            Via = command.Via switch
            {
                SilentVia.Local => PairedVia.Local,
                SilentVia.Internal => PairedVia.Internal,
                _ => throw new ArgumentOutOfRangeException(nameof(command), command.Via, "no such way"),
            },
            PairedBy = command.By, PairedAt = command.Now,
        };
        return Decision.Accept(
            new RegistryReply.Paired(command.CommandId, device), new RegistryEvent.DevicePairedSilently(command.Now, device, command.ClientAddress));
    }

    public static Decision Note(RegistryCommand.NotePosture command, RegistryState state)
    {
        var reply = new RegistryReply.Done(command.CommandId);
        return state.Posture switch
        {
            // A new beginning after another journal: nothing to compare it with, and nobody has said so yet.
            null when state.LocalPairingSuspended => Decision.Accept(reply, new RegistryEvent.LocalPairingSuspended(command.Now, command.Posture)),
            null => Decision.Accept(reply, new RegistryEvent.PostureRecorded(command.Now, command.Posture)),
            var before when before == command.Posture => Decision.Accept(reply),
            _ => Decision.Accept(reply, new RegistryEvent.LocalPairingSuspended(command.Now, command.Posture)),
        };
    }

    /// <summary>Takes admin: it opens a door for whoever is local, with scopes that the one who opens it need not hold.</summary>
    public static Decision Confirm(RegistryCommand.ConfirmLocalPairing command, RegistryState state)
    {
        if (ApproverRules.MayAdminister(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        var reply = new RegistryReply.Done(command.CommandId);
        return state is { LocalPairingSuspended: true, Posture: { } posture }
            ? Decision.Accept(reply, new RegistryEvent.LocalPairingConfirmed(command.Now, posture, command.By.Subject))
            : Decision.Accept(reply);
    }

    /// <summary>Two connections of one key at once, or a pairing meanwhile: the session asks the policy again, which sees the device as it is now.</summary>
    private static Decision Known(RegistryCommand.PairSilently command, Device known) => known switch
    {
        { IsRevoked: true } when !Sabotage.Is(Break.ReviveBySilentPairing) => Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{known.Id.Short} was revoked; nothing but a code or an approval lifts that"),
        { IsSuspended: true } => Decision.Refuse(command, RefusalCode.DeviceSuspended, $"{known.Id.Short} waits for an operator to confirm it"),
        { Kind: DeviceKind.Host } => Decision.Refuse(command, RefusalCode.HostCredentialNotLocal, "the gateway's own host credential is not paired"),
        _ => Decision.Accept(new RegistryReply.Paired(command.CommandId, known)),
    };
}

using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;

namespace Netclaw.Actors.Devices;

/// <summary>What decides a command on a state; the product's is <see cref="DeviceDecider.Decide"/>.</summary>
public delegate Decision RegistryRules(RegistryCommand command, RegistryState state);

/// <summary>
/// The registry's rules, pure and total: no clock, no randomness, no I/O. Deciding changes nothing; the events do, once written.
/// </summary>
public static class DeviceDecider
{
    public static Decision Decide(RegistryCommand command, RegistryState state) => command switch
    {
        RegistryCommand.MintCode mint => CodeRules.Mint(mint, state),
        RegistryCommand.BeginCode begin => CodeRules.Begin(begin, state),
        RegistryCommand.RedeemCode redeem => CodeRules.Redeem(redeem, state),
        RegistryCommand.RequestPairing request => RequestRules.Request(request, state),
        RegistryCommand.Approve approve => ApprovalRules.Approve(approve, state),
        RegistryCommand.Reject reject => ApprovalRules.Reject(reject, state),
        RegistryCommand.Revoke revoke => RevocationRules.Revoke(revoke, state),
        RegistryCommand.EnrolHost enrol => BootstrapRules.EnrolHost(enrol, state),
        RegistryCommand.PrepareHostRotation prepare => HostRotationRules.Prepare(prepare, state),
        RegistryCommand.RotateHost rotate => HostRotationRules.Rotate(rotate, state),
        RegistryCommand.AbandonHostRotation abandon => HostRotationRules.Abandon(abandon, state),
        RegistryCommand.CompleteBootstrap complete => BootstrapRules.Complete(complete, state),
        RegistryCommand.PairSilently silently => LocalPairingRules.Pair(silently, state),
        RegistryCommand.Rename rename => ChangeRules.Rename(rename, state),
        RegistryCommand.SetScopes set => ChangeRules.SetScopes(set, state),
        RegistryCommand.IssueToken issue => TokenRules.Issue(issue, state),
        RegistryCommand.RotateToken rotate => TokenRules.Rotate(rotate, state),
        RegistryCommand.RevokeToken revoke => TokenRules.Revoke(revoke, state),
        RegistryCommand.RequestUpgrade upgrade => UpgradeRules.Request(upgrade, state),
        RegistryCommand.Rekey rekey => RekeyRules.Rekey(rekey, state),
        RegistryCommand.NoteSeen seen => ChangeRules.Seen(seen, state),
        RegistryCommand.NotePosture note => LocalPairingRules.Note(note, state),
        RegistryCommand.ConfirmLocalPairing confirm => LocalPairingRules.Confirm(confirm, state),
        RegistryCommand.Import import => ImportRules.Import(import, state),
        RegistryCommand.EnrolLegacy enrol => LegacyRules.Enrol(enrol, state),
        RegistryCommand.RemoveLegacy remove => LegacyRules.Remove(remove, state),
        RegistryCommand.MintSetup mint => SetupRules.Mint(mint, state),
        RegistryCommand.RedeemSetup redeem => SetupRules.Redeem(redeem, state),
        RegistryCommand.BeginEpoch begin => EpochRules.Begin(begin, state),
        RegistryCommand.ConfirmDevices confirm => EpochRules.Confirm(confirm, state),
        RegistryCommand.DeclareSurface declare => SurfaceRules.Declare(declare, state),
        RegistryCommand.ApproveSurface approve => SurfaceRules.Approve(approve, state),
        RegistryCommand.RejectSurface reject => SurfaceRules.Reject(reject, state),
        RegistryCommand.RemoveNode remove => SurfaceRules.Remove(remove, state),
        RegistryCommand.ExpireDue expire => RequestRules.Expire(expire, state),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "no rule for this command"),
    };
}

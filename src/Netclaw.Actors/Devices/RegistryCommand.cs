using System.Collections.Immutable;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// What may be asked of <c>DeviceRegistryActor</c>. Closed. Each carries the time it was asked at and who asks; each is answered
/// with a <see cref="RegistryReply"/> carrying the same <see cref="CommandId"/>, after everything it was decided on is durable.
/// </summary>
public abstract record RegistryCommand(long CommandId, DateTimeOffset Now)
{
    /// <param name="SealedKey">The stretched code, sealed; the decider never sees it open.</param>
    public sealed record MintCode(
        long CommandId, DateTimeOffset Now, PairingCodeId CodeId, SealedSecret SealedKey, Role Role, ScopeSet Scopes, string? Name, Principal By)
        : RegistryCommand(CommandId, Now)
    {
        /// <summary>How long the code may be used; up to <see cref="IssuedCode.MaximumLifetime"/>.</summary>
        public TimeSpan Lifetime { get; init; } = IssuedCode.DefaultLifetime;
    }

    /// <summary>Counts a try before the exchange is answered. Unknown, dead and spent codes are answered alike.</summary>
    public sealed record BeginCode(long CommandId, DateTimeOffset Now, PairingCodeId CodeId) : RegistryCommand(CommandId, Now);

    /// <summary>The device has proven the code. Spends the code and pairs the device in one durable write; the same device may ask again.</summary>
    public sealed record RedeemCode(
        long CommandId, DateTimeOffset Now, PairingCodeId CodeId, PublicKey Key, Role Role, ScopeSet Scopes, string Name, string? Platform, string ClientAddress)
        : RegistryCommand(CommandId, Now);

    public sealed record RequestPairing(
        long CommandId, DateTimeOffset Now, PublicKey Key, Role Role, ScopeSet Scopes, string Name, string? Platform, string ClientAddress, string? Symbols)
        : RegistryCommand(CommandId, Now)
    {
        /// <summary>The id the request gets if it is a new one: randomness comes in as data.</summary>
        public PairingRequestId FreshId { get; init; } = PairingRequestId.New();
    }

    public sealed record Approve(
        long CommandId, DateTimeOffset Now, PairingRequestId RequestId, string? Symbols, ScopeSet? Scopes, string? Name, Principal By)
        : RegistryCommand(CommandId, Now);

    public sealed record Reject(long CommandId, DateTimeOffset Now, PairingRequestId RequestId, string? Reason, Principal By)
        : RegistryCommand(CommandId, Now);

    public sealed record Revoke(long CommandId, DateTimeOffset Now, DeviceId Device, string? Reason, Principal By)
        : RegistryCommand(CommandId, Now);

    /// <summary>The daemon's own start: enrols the host device, records an exposure that went beyond local.</summary>
    public sealed record EnrolHost(long CommandId, DateTimeOffset Now, PublicKey Key, string Name) : RegistryCommand(CommandId, Now);

    /// <summary>Step 2 of another host credential: its key is in a file of its own, durably.</summary>
    public sealed record PrepareHostRotation(long CommandId, DateTimeOffset Now, PublicKey Key) : RegistryCommand(CommandId, Now);

    /// <summary>Step 4: the key that was prepared has become the host key file. The former device is shut out and its connections are closed.</summary>
    public sealed record RotateHost(long CommandId, DateTimeOffset Now, PublicKey Key, string Name) : RegistryCommand(CommandId, Now);

    /// <summary>What was prepared can be completed no more.</summary>
    public sealed record AbandonHostRotation(long CommandId, DateTimeOffset Now) : RegistryCommand(CommandId, Now);

    public sealed record CompleteBootstrap(long CommandId, DateTimeOffset Now) : RegistryCommand(CommandId, Now);

    /// <summary>A device that the policy found local beyond doubt. Only an unknown key is paired; one that is paired by then is told so again.</summary>
    /// <param name="Name">What it calls itself; where that is no name, its id.</param>
    /// <param name="By">Why it was believed, as audit records name it.</param>
    public sealed record PairSilently(
        long CommandId, DateTimeOffset Now, PublicKey Key, Role Role, ScopeSet Scopes, string Name, string? Platform, SilentVia Via, string By, string ClientAddress)
        : RegistryCommand(CommandId, Now);

    public sealed record Rename(long CommandId, DateTimeOffset Now, DeviceId Device, string Name, Principal By) : RegistryCommand(CommandId, Now);

    /// <summary>Exactly these from now on; connections that hold more are closed before it is answered.</summary>
    /// <param name="Session">The asker's own: closed last, after it has its answer.</param>
    public sealed record SetScopes(long CommandId, DateTimeOffset Now, DeviceId Device, ScopeSet Scopes, Principal By, SessionId Session) : RegistryCommand(CommandId, Now);

    /// <summary>A device that is connected asks for scopes that it does not hold: a request like any other, without symbols, for its key is proven.</summary>
    public sealed record RequestUpgrade(long CommandId, DateTimeOffset Now, ScopeSet Scopes, Principal By, string ClientAddress) : RegistryCommand(CommandId, Now)
    {
        public PairingRequestId FreshId { get; init; } = PairingRequestId.New();
    }

    /// <summary>The device itself, by its present key, takes another one; both have signed.</summary>
    public sealed record Rekey(long CommandId, DateTimeOffset Now, DeviceId Device, PublicKey Key, Principal By, SessionId Session) : RegistryCommand(CommandId, Now);

    /// <summary>A protocol device's first token for a role, made by the gateway itself when the device has come in without one. Changes nothing where it has one.</summary>
    public sealed record IssueToken(long CommandId, DateTimeOffset Now, DeviceId Device, Role Role, string Sha256, string Salt) : RegistryCommand(CommandId, Now)
    {
        /// <summary>The token of another role, for a device that has come in by a setup code that is good for both; null: it has not.</summary>
        public TokenHandover? Beside { get; init; }
    }

    /// <param name="Scopes">Null: those of the token before, else the device's; never more than device and asker hold.</param>
    /// <param name="Sha256">Of the new token, which nobody here ever sees.</param>
    public sealed record RotateToken(
        long CommandId, DateTimeOffset Now, DeviceId Device, Role Role, ScopeSet? Scopes, string Sha256, Principal By, SessionId Session)
        : RegistryCommand(CommandId, Now)
    {
        /// <summary>What the gateway worked it out from.</summary>
        public string? Salt { get; init; }
    }

    public sealed record RevokeToken(long CommandId, DateTimeOffset Now, DeviceId Device, Role Role, Principal By, SessionId Session)
        : RegistryCommand(CommandId, Now);

    /// <summary>The registry's own timer: who was connected since the last batch.</summary>
    public sealed record NoteSeen(long CommandId, DateTimeOffset Now, ImmutableArray<DeviceId> Devices) : RegistryCommand(CommandId, Now);

    /// <summary>The registry's own start: how the gateway stands now. Another posture than the last one suspends pairing without a prompt.</summary>
    public sealed record NotePosture(long CommandId, DateTimeOffset Now, Posture Posture) : RegistryCommand(CommandId, Now);

    /// <summary>An operator says that local devices may be paired without a prompt in the posture of now.</summary>
    public sealed record ConfirmLocalPairing(long CommandId, DateTimeOffset Now, Principal By) : RegistryCommand(CommandId, Now);

    /// <summary>Devices of an earlier gateway; takes admin. One row for each, in order.</summary>
    public sealed record Import(long CommandId, DateTimeOffset Now, ImmutableArray<ImportEntry> Entries, bool DryRun, Principal By) : RegistryCommand(CommandId, Now);

    /// <summary>The policy found a legacy token right and a key proven beside it: spends the one and enrols the other in one durable write.</summary>
    public sealed record EnrolLegacy(long CommandId, DateTimeOffset Now, LegacyDeviceId Legacy, PublicKey Key, string? Platform, string ClientAddress)
        : RegistryCommand(CommandId, Now);

    public sealed record RemoveLegacy(long CommandId, DateTimeOffset Now, LegacyDeviceId Legacy, string? Reason, Principal By) : RegistryCommand(CommandId, Now);

    /// <param name="Token">The hash of the token, which nobody here ever sees.</param>
    public sealed record MintSetup(
        long CommandId, DateTimeOffset Now, SetupCodeId Id, SaltedHash Token, ImmutableArray<Role> Roles, ScopeSet Scopes, string? Name, Principal By)
        : RegistryCommand(CommandId, Now);

    /// <summary>The policy found a setup code right and a key proven beside it: spends the one and pairs the other in one durable write; the same device may ask again.</summary>
    public sealed record RedeemSetup(
        long CommandId, DateTimeOffset Now, SetupCodeId Id, PublicKey Key, string Name, string? Platform, string ClientAddress) : RegistryCommand(CommandId, Now);

    /// <summary>
    /// The journal was put in place of another one (recovery.md): codes, requests and setup links of before are void, what was revoked since
    /// stays revoked. One durable write. An offline verb asks it, before any daemon serves the journal.
    /// </summary>
    /// <param name="Epoch">Above every epoch that this gateway has had.</param>
    /// <param name="Tombstones">Revoked devices of the journal before; unknown ones are added as revoked.</param>
    /// <param name="SuspendDevices">Whether later revocations may be missing: nobody but the host is let in until <see cref="ConfirmDevices"/>.</param>
    public sealed record BeginEpoch(long CommandId, DateTimeOffset Now, long Epoch, EpochCause Cause, ImmutableArray<Device> Tombstones, bool SuspendDevices)
        : RegistryCommand(CommandId, Now)
    {
        /// <summary>Devices of the journal before that stand: none gets more than it held there.</summary>
        public ImmutableArray<Device> Standing { get; init; } = [];

        /// <summary>What nodes might lend in the journal before: what was taken from a node since does not come back. Null: it cannot be known, and the devices are suspended.</summary>
        public ImmutableDictionary<DeviceId, ApprovedSurface>? Surfaces { get; init; }

        /// <summary>Imported devices of the journal before whose tokens were spent or taken back: unknown ones are added as ended, so that no import makes them wait again.</summary>
        public ImmutableArray<LegacyDevice> EndedLegacy { get; init; } = [];
    }

    /// <summary>An operator says that these devices are still to be let in.</summary>
    /// <param name="Devices">Empty: every suspended one.</param>
    public sealed record ConfirmDevices(long CommandId, DateTimeOffset Now, ImmutableArray<DeviceId> Devices, Principal By) : RegistryCommand(CommandId, Now);

    /// <summary>A node that is connected says what it lends. Asks an operator where that is more than was approved; the same again changes nothing but the deadline.</summary>
    /// <param name="Caps">Sorted, each once.</param>
    /// <param name="Commands">Sorted, each once; what the command policy keeps out is not in it.</param>
    public sealed record DeclareSurface(
        long CommandId, DateTimeOffset Now, DeviceId Node, ImmutableArray<string> Caps, ImmutableArray<string> Commands, string ClientAddress)
        : RegistryCommand(CommandId, Now)
    {
        public PairingRequestId FreshId { get; init; } = PairingRequestId.New();

        /// <summary>Who vouched for the node's first surface beforehand, as audit records name it: then nobody is asked. Null: an operator decides. A wider one is asked for all the same.</summary>
        public string? GrantedBy { get; init; }
    }

    /// <summary>Takes the scopes of <see cref="Nodes.CommandPolicy.NeededToApprove"/>, and another device than the node's own.</summary>
    public sealed record ApproveSurface(long CommandId, DateTimeOffset Now, PairingRequestId RequestId, Principal By) : RegistryCommand(CommandId, Now);

    public sealed record RejectSurface(long CommandId, DateTimeOffset Now, PairingRequestId RequestId, Principal By) : RegistryCommand(CommandId, Now);

    /// <summary>The node lends nothing any more. A device that is nothing but a node is revoked with it.</summary>
    public sealed record RemoveNode(long CommandId, DateTimeOffset Now, DeviceId Node, Principal By) : RegistryCommand(CommandId, Now);

    /// <summary>The registry's own timer: ends what has run out, so that waiting devices hear of it.</summary>
    public sealed record ExpireDue(long CommandId, DateTimeOffset Now) : RegistryCommand(CommandId, Now);
}

/// <summary>The registry's answers. Closed.</summary>
public abstract record RegistryReply(long CommandId)
{
    public sealed record CodeMinted(long CommandId, PairingCodeId CodeId, DateTimeOffset ExpiresAt) : RegistryReply(CommandId);

    /// <param name="Code">What the exchange must be proven against; null when the id is unknown or out of tries (answered alike all the same).</param>
    public sealed record CodeBegun(long CommandId, BegunCode? Code) : RegistryReply(CommandId);

    public sealed record Paired(long CommandId, Device Device) : RegistryReply(CommandId);

    public sealed record Requested(long CommandId, PendingRequest Request) : RegistryReply(CommandId);

    public sealed record Approved(long CommandId, PairingRequestId RequestId, Device Device) : RegistryReply(CommandId);

    public sealed record Rejected(long CommandId, PairingRequestId RequestId, DeviceId Device) : RegistryReply(CommandId);

    /// <summary>Sent when the revocation is durable and every live session of the device is closed.</summary>
    public sealed record Revoked(long CommandId, Device Device, int ConnectionsClosed) : RegistryReply(CommandId);

    /// <summary>The device as it is now. Sent when that is durable and every live connection that stood on what it was is closed.</summary>
    public sealed record Changed(long CommandId, Device Device, int ConnectionsClosed = 0) : RegistryReply(CommandId)
    {
        /// <summary>The role whose token was rotated or revoked.</summary>
        public Role? TokenRole { get; init; }
    }

    /// <summary>Sent when the new host credential is durable and every live connection of the former one is closed.</summary>
    public sealed record HostRotated(long CommandId, Device Device, DeviceId? Former, int ConnectionsClosed = 0) : RegistryReply(CommandId);

    /// <param name="Devices">Those that were suspended and are not any more, by name.</param>
    public sealed record Confirmed(long CommandId, ImmutableArray<Device> Devices) : RegistryReply(CommandId);

    /// <summary>What became of a request that somebody waits for.</summary>
    /// <param name="Device">Set when it was approved.</param>
    /// <param name="Code">Why not, otherwise.</param>
    public sealed record Resolved(long CommandId, PairingRequestId RequestId, Device? Device, RefusalCode? Code) : RegistryReply(CommandId);

    public sealed record Imported(long CommandId, ImmutableArray<ImportRow> Rows) : RegistryReply(CommandId);

    public sealed record LegacyRemoved(long CommandId, LegacyDevice Legacy) : RegistryReply(CommandId);

    /// <param name="Request">What waits for an operator; null: nothing does.</param>
    /// <param name="IsNew">Nobody has been told of it yet.</param>
    /// <param name="Gone">What the node asked for before, and no longer does.</param>
    /// <param name="Granted">What was approved on the spot.</param>
    public sealed record SurfaceDeclared(long CommandId, SurfaceRequest? Request, bool IsNew = false, PairingRequestId? Gone = null, ApprovedSurface? Granted = null)
        : RegistryReply(CommandId);

    public sealed record SurfaceApproved(long CommandId, SurfaceRequest Request, ApprovedSurface Surface) : RegistryReply(CommandId);

    public sealed record SurfaceRejected(long CommandId, SurfaceRequest Request) : RegistryReply(CommandId);

    /// <summary>The device stays; where it was revoked instead, the answer is <see cref="Revoked"/>.</summary>
    /// <param name="RequestId">What it asked for, if it did.</param>
    public sealed record SurfaceRemoved(long CommandId, Device Device, PairingRequestId? RequestId) : RegistryReply(CommandId);

    public sealed record SetupMinted(long CommandId, SetupCodeId Id, DateTimeOffset ExpiresAt) : RegistryReply(CommandId);

    /// <summary>Nothing to change, or done.</summary>
    public sealed record Done(long CommandId) : RegistryReply(CommandId);

    /// <param name="Seen">What was seen, for the person who asked; no secrets.</param>
    public sealed record Refused(long CommandId, RefusalCode Code, string Seen) : RegistryReply(CommandId);
}

/// <summary>What the exchange of one code needs to know.</summary>
public sealed record BegunCode(PairingCodeId CodeId, SealedSecret SealedKey, Role Role, ScopeSet Scopes, DateTimeOffset ExpiresAt, bool Expired, DeviceId? SpentBy);

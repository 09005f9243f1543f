using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Protocol;
using static Netclaw.Actors.Trust.Explaining.FieldKinds;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>
/// Every property of a question to <c>netclaw policy explain</c>, once: the reader reads by it and docs/policy.schema.json is written from it.
/// </summary>
internal static class QuestionFields
{
    private static readonly (string, SecretVerdict)[] Secrets =
        [("absent", SecretVerdict.Absent), ("valid", SecretVerdict.Valid), ("wrong", SecretVerdict.Wrong), ("limited", SecretVerdict.Limited), ("unavailable", SecretVerdict.Unavailable)];

    private static readonly (string, Role)[] Roles = [("operator", Role.Operator), ("node", Role.Node)];

    /// <param name="config">JSON Schema of netclaw.json.</param>
    public static FieldGroup Build(JsonObject config, Func<string, IEnumerable<string>, string?> nearest)
    {
        FieldGroup Group(params Field[] fields) => new([.. fields], nearest);
        return Group(
            Text("id", "Repeated in the answer.", (draft, id) => draft.Id = id),
            Choice("transport", "The listener: the control socket in the home, the second socket for other users, or TCP (the default).", (draft, listener) => draft.Listener = listener,
                ("control", ListenerKind.Control), ("shared", ListenerKind.Shared), ("tcp", ListenerKind.Tcp)),
            Text("wire", "What speaks on it: signalr, gateway-ws, http. Changes no decision.", (draft, wire) => draft.Wire = wire),
            Object("peer", "Unix sockets: the process at the other end, as the kernel says. Absent: unknown.", Group(
                User("uid", "Its user.", (draft, user) => draft.PeerUser = user),
                User("gid", "Its group; the user's number by default.", (draft, group) => draft.PeerGroup = group),
                Users("groups", "Its supplementary groups.", (draft, groups) => draft.PeerGroups = groups),
                FlagOrUnknown("descends", "Whether the daemon started it, or one of its parents. Absent or null: could not be told.", (draft, descends) => draft.PeerDescends = descends)), draft => draft.HasPeer = true),
            EndPoint("remote", "TCP: the peer's address, with or without its port.", (draft, remote) => draft.Remote = remote),
            EndPoint("local", "TCP: the address that it connected to.", (draft, local) => draft.Local = local),
            UserOrUnknown("remoteUid", "Loopback TCP: the user that owns the peer's socket, as the kernel says. Absent or null: unknown.", (draft, user) => draft.RemoteUser = user),
            AddressesOrUnknown("ownAddresses", "This host's own interface addresses beside loopback; none by default. null: they could not be listed.", (draft, addresses) => draft.OwnAddresses = addresses),
            HeaderField.Of("headers", "The header lines of the request; an array of values where a header stands more than once."),
            Object("credentials", "What was offered, and whether it holds.", Group(Offered(Group))),
            Choice("role", "Asked for; operator by default.", (draft, role) => draft.Role = role, [.. Roles]),
            ScopeNames("scopes", "Asked for, with or without \"operator.\". Of an operator who names none, all that is granted.", (draft, scopes) => draft.Scopes = scopes),
            Object("client", "The client's labels. They change no decision.", Group(
                Text("id", "What the client calls itself.", (draft, text) => draft.ClientId = text), Text("version", "Its version.", (draft, text) => draft.ClientVersion = text),
                Text("platform", "Its platform.", (draft, text) => draft.ClientPlatform = text), Text("mode", "Its mode.", (draft, text) => draft.ClientMode = text),
                Text("displayName", "Its name for people.", (draft, text) => draft.ClientName = text))),
            Choice("pairing", "How the device wants to be paired, where it is not. Absent: be refused.", (draft, flow) => draft.Pairing = flow, ("code", PairingFlow.Code), ("request", PairingFlow.Request)),
            Object("device", "What the registry holds under the presented key.", Group(
                Choice("state", "none by default.", (draft, state) => draft.State = state, ("none", DeviceState.None), ("paired", DeviceState.Paired), ("host", DeviceState.Host), ("revoked", DeviceState.Revoked), ("suspended", DeviceState.Suspended)),
                Text("key", "Its public key as Netclaw writes keys; a stand-in by default. Only its device id is ever shown.", (draft, text) => draft.Key = PublicKey.TryParse(text, out var key) ? key : throw Wrong.Text(text, "a public key")),
                Text("name", "Its name.", (draft, text) => draft.DeviceName = text),
                Choices("roles", "What it is paired as; operator by default.", (draft, roles) => draft.DeviceRoles = roles, [.. Roles]),
                ScopeNames("scopes", "What it was given; what any paired device gets by default.", (draft, scopes) => draft.DeviceScopes = scopes))),
            Flag("localPairingSuspended", "Exposure or auth mode changed, and no operator has confirmed yet that local devices are paired without a prompt.", (draft, suspended) => draft.LocalPairingSuspended = suspended),
            User("daemonUid", "The user that the daemon runs as; whoever asks by default.", (draft, user) => draft.DaemonUser = user),
            new Field("config", "A netclaw.json: the sections listen, exposure, auth, control, host and pairing count.", config, (ref reader, draft) => draft.Config = Raw(ref reader, draft.Source)));
    }

    private static Field[] Offered(Func<Field[], FieldGroup> group) =>
    [
        Choice("device", "The device's signature over the challenge.", (draft, proof) => draft.Offered = draft.Offered with { Proof = proof },
            ("absent", ProofVerdict.Absent), ("valid", ProofVerdict.Valid), ("key-invalid", ProofVerdict.KeyInvalid), ("id-mismatch", ProofVerdict.IdMismatch),
            ("nonce-mismatch", ProofVerdict.NonceMismatch), ("expired", ProofVerdict.Expired), ("signature-invalid", ProofVerdict.SignatureInvalid)),
        Choice("signature", "What was signed: Netclaw's own transcript (the default), or the gateway protocol's, which names no gateway.", (draft, kind) => draft.Offered = draft.Offered with { Kind = kind },
            ("native", ProofKind.Native), ("protocol", ProofKind.Protocol)),
        Choice("token", "The shared token.", (draft, verdict) => draft.Offered = draft.Offered with { Token = verdict }, [.. Secrets]),
        Choice("password", "The shared password.", (draft, verdict) => draft.Offered = draft.Offered with { Password = verdict }, [.. Secrets]),
        Choice("deviceToken", "The device's bearer token.", (draft, verdict) => draft.Offered = draft.Offered with { DeviceToken = verdict }, [.. Secrets]),
        Object("deviceTokenGrant", "What a valid device token is for.", group(
        [
            Choice("role", "The asked-for role by default.", (draft, role) => draft.TokenRole = role, [.. Roles]),
            ScopeNames("scopes", "None by default.", (draft, scopes) => draft.TokenScopes = scopes),
            Flag("another", "It is another device's.", (draft, another) => draft.TokenOfAnother = another),
        ])),
        Choice("legacyToken", "The token of an earlier gateway; unexamined: not looked at, for want of a key or of a private way.", (draft, verdict) => draft.Offered = draft.Offered with { Legacy = verdict },
            ("absent", LegacyVerdict.Absent), ("valid", LegacyVerdict.Valid), ("wrong", LegacyVerdict.Wrong), ("limited", LegacyVerdict.Limited), ("spent", LegacyVerdict.Spent), ("unexamined", LegacyVerdict.Unexamined)),
        Choice("setupCode", "The token of a setup code; a valid one is for a node.", (draft, verdict) => draft.Offered = draft.Offered with { Setup = verdict },
            ("absent", SecretVerdict.Absent), ("valid", SecretVerdict.Valid), ("wrong", SecretVerdict.Wrong), ("limited", SecretVerdict.Limited)),
        Choice("spawn", "The credential of a child that the daemon started.", (draft, verdict) => draft.Offered = draft.Offered with { Spawn = verdict },
            ("absent", SpawnVerdict.Absent), ("valid", SpawnVerdict.Valid), ("unknown", SpawnVerdict.Unknown), ("expired", SpawnVerdict.Expired), ("revoked", SpawnVerdict.Revoked)),
        Object("spawnGrant", "What a valid spawn credential is for.", group(
        [
            ScopeNames("scopes", "None by default.", (draft, scopes) => draft.SpawnScopes = scopes), User("uid", "The user that the child runs as; the daemon's by default.", (draft, user) => draft.SpawnUser = user),
        ])),
        Choice("assertion", "The proxy's signed assertion. Its header has to be there as well.", (draft, verdict) => draft.Offered = draft.Offered with { Assertion = verdict },
            ("absent", AssertionVerdict.Absent), ("valid", AssertionVerdict.Valid), ("malformed", AssertionVerdict.Malformed), ("keys-unavailable", AssertionVerdict.KeysUnavailable),
            ("signature-invalid", AssertionVerdict.SignatureInvalid), ("issuer-mismatch", AssertionVerdict.IssuerMismatch), ("audience-mismatch", AssertionVerdict.AudienceMismatch),
            ("expired", AssertionVerdict.Expired), ("user-missing", AssertionVerdict.UserMissing)),
        Text("assertedUser", "Whom a valid assertion names.", (draft, user) => draft.Offered = draft.Offered with { AssertedUser = user }),
        Milliseconds("retryAfterMs", "When a limited one may try again.", (draft, time) => draft.Offered = draft.Offered with { RetryAfter = time }),
    ];

    /// <summary>The object's own bytes; what is in it is read by the daemon's own reader.</summary>
    private static ReadOnlyMemory<byte> Raw(ref Utf8JsonReader reader, ReadOnlyMemory<byte> source)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong.Kind(ref reader, "an object");
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return source[start..(int)reader.BytesConsumed];
    }
}

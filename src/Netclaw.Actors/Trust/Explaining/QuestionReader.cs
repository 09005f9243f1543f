using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>
/// Reads questions: JSON to the very values that a live connection is decided by, through the same <see cref="EvidenceReader"/>. Thread-safe.
/// </summary>
/// <param name="config">Reads netclaw.json, of which there are few among many questions.</param>
/// <param name="configSchema">JSON Schema of netclaw.json.</param>
/// <param name="nearest">The known name that a mistyped one is nearest to; null when none is near.</param>
public sealed class QuestionReader(IPolicyConfig config, JsonObject configSchema, Func<string, IEnumerable<string>, string?> nearest)
{
    private static readonly JsonReaderOptions Form = new() { MaxDepth = 16 };
    private static readonly RegistrySnapshot[] Empty = [RegistrySnapshot.Empty, RegistrySnapshot.Empty with { LocalPairingSuspended = true }];

    private readonly FieldGroup _fields = QuestionFields.Build(configSchema, nearest);

    /// <summary>JSON Schema, draft 2020-12, of one question.</summary>
    public JsonObject Schema()
    {
        var schema = _fields.Shape();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "A question to netclaw policy explain");
        return schema;
    }

    /// <exception cref="UnreadableQuestion">It is no question, or its config has a problem.</exception>
    public Question Read(ReadOnlyMemory<byte> json)
    {
        var draft = new QuestionDraft { Source = json };
        var reader = new Utf8JsonReader(json.Span, Form);
        try
        {
            reader.Read();
            _fields.Read(ref reader, draft);
            reader.Read(); // Whatever follows the object is an error.
        }
        catch (JsonException e)
        {
            throw new UnreadableQuestion("", $"is not JSON, at byte {e.BytePositionInLine + 1}");
        }

        return new Question(draft.Id, Asked(draft, config.Read(draft.Config, draft.DaemonUser)));
    }

    private static AccessQuestion Asked(QuestionDraft draft, EvidenceRules rules) => new(
        EvidenceReader.Read(Facts(draft), rules),
        new Hello
        {
            Role = draft.Role, Scopes = draft.Scopes, DeviceKey = draft.Offered.Proof == ProofVerdict.Absent ? null : draft.Key,
            Client = new ClientInfo { Id = draft.ClientId, Version = draft.ClientVersion, Platform = draft.ClientPlatform, Mode = draft.ClientMode, DisplayName = draft.ClientName },
            Pairing = draft.Pairing is { } flow ? new PairingIntent { Flow = flow, Name = draft.DeviceName } : null,
        },
        Offered(draft, rules.Trust), rules.Trust, Registry(draft));

    private static ConnectionFacts Facts(QuestionDraft draft) => new()
    {
        Listener = draft.Listener, Wire = draft.Wire, AcceptedAt = DateTimeOffset.UnixEpoch, Remote = draft.Remote, Local = draft.Local, RemoteUserId = draft.RemoteUser, Headers = draft.Headers.DrainToImmutable(),
        Peer = draft is { HasPeer: true, PeerUser: { } user } ? new PeerProcess(user, draft.PeerGroup ?? user, 0, draft.PeerGroups, draft.PeerDescends) : null,
        Place = draft.Remote is null ? RemotePlace.Elsewhere : PlaceOf(PlainAddress.Of(draft.Remote.Address), draft.OwnAddresses),
    };

    private static RemotePlace PlaceOf(IPAddress remote, ImmutableArray<IPAddress>? own) => IPAddress.IsLoopback(remote) ? RemotePlace.Loopback
        : own is not { } listed ? RemotePlace.Unlisted
        : listed.Any(address => PlainAddress.Of(address).Equals(remote)) ? RemotePlace.OwnInterface
        : RemotePlace.Elsewhere;

    private static Credentials Offered(QuestionDraft draft, TrustOptions trust) => draft.Offered is { DeviceToken: not SecretVerdict.Valid, Spawn: not SpawnVerdict.Valid, Legacy: not LegacyVerdict.Valid, Setup: not SecretVerdict.Valid } plain ? plain : draft.Offered with
    {
        DeviceGrant = draft.Offered.DeviceToken != SecretVerdict.Valid ? null
            : new DeviceTokenGrant((draft.TokenOfAnother ? StandInKey.Another : draft.Key).DeviceId, draft.TokenRole ?? draft.Role, draft.TokenScopes),
        LegacyDevice = draft.Offered.Legacy != LegacyVerdict.Valid ? null : StandInLegacy,
        SetupCode = draft.Offered.Setup != SecretVerdict.Valid ? null : StandInSetup.Id,
        SpawnGrant = draft.Offered.Spawn != SpawnVerdict.Valid ? null : new SpawnGrant(StandInRun, draft.SpawnScopes, draft.SpawnUser ?? trust.OwnerUserId),
    };

    private static readonly RunId StandInRun = RunId.TryParse("run_aaaaaaaaaaaaaaaa", out var run) ? run : throw new FormatException("no run id");

    private static readonly LegacyDeviceId StandInLegacy = LegacyDeviceId.TryParse("l_0000000000000000", out var legacy) ? legacy : throw new FormatException("no legacy id");

    private static readonly IssuedSetup StandInSetup = new()
    {
        Id = SetupCodeId.TryParse("i_0000000000000000", out var setup) ? setup : throw new FormatException("no setup id"),
        Token = SaltedHash.TryCreate(new string('0', 64), "00", out var hash, out _) ? hash : throw new FormatException("no hash"),
        Roles = [Role.Node], Scopes = ScopeSet.Empty, ExpiresAt = DateTimeOffset.MaxValue, MintedBy = "policy explain",
    };

    private static RegistrySnapshot Registry(QuestionDraft draft)
    {
        var empty = Empty[draft.LocalPairingSuspended ? 1 : 0];
        empty = draft.Offered.Setup == SecretVerdict.Valid ? empty with { Setups = ImmutableDictionary<SetupCodeId, IssuedSetup>.Empty.Add(StandInSetup.Id, StandInSetup) } : empty;
        return draft.State == DeviceState.None ? empty : empty with { Devices = ImmutableDictionary<DeviceId, Device>.Empty.Add(draft.Key.DeviceId, Held(draft)) };
    }

    private static Device Held(QuestionDraft draft) => new()
    {
        Id = draft.Key.DeviceId, Key = draft.Key, Name = draft.DeviceName, Kind = draft.State == DeviceState.Host ? DeviceKind.Host : DeviceKind.Paired, Roles = draft.DeviceRoles, Scopes = draft.DeviceScopes,
        Via = PairedVia.Code, PairedBy = "policy explain", PairedAt = DateTimeOffset.UnixEpoch, RevokedAt = draft.State == DeviceState.Revoked ? DateTimeOffset.UnixEpoch : null,
        SuspendedAt = draft.State == DeviceState.Suspended ? DateTimeOffset.UnixEpoch : null,
    };
}

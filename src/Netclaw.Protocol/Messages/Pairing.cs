using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>The two ways of pairing (trust.md section 7).</summary>
[JsonConverter(typeof(PairingFlowJsonConverter))]
public enum PairingFlow
{
    Code,
    Request,

    /// <summary>A protocol client's: it is refused, and its request waits for an operator. Never said by a native client.</summary>
    Announced,
}

/// <summary><c>code</c> or <c>request</c>.</summary>
public sealed class PairingFlowJsonConverter : JsonConverter<PairingFlow>
{
    public override PairingFlow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => WireName.Read(ref reader) switch
    {
        "code" => PairingFlow.Code,
        "request" => PairingFlow.Request,
        _ => throw WireName.Unknown("pairing flow"),
    };

    public override void Write(Utf8JsonWriter writer, PairingFlow value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value switch
        {
            PairingFlow.Code => "code",
            PairingFlow.Request => "request",
            PairingFlow.Announced => "announced",
            _ => throw new ArgumentOutOfRangeException(nameof(value), value, "no such flow"),
        });
}

/// <summary>Answer to <c>connect</c> with a pairing intent from a device that is not paired: the connection now waits for <c>pair.begin</c> or <c>pair.request</c>.</summary>
/// <param name="ExchangeNonce">Request first: the gateway's symbol nonce, given only after the device's commitment. Code first: empty.</param>
public sealed record PairingOffered(PairingFlow Flow, string ExchangeNonce)
{
    public const string TypeName = "pairing";

    public string Type { get; init; } = TypeName;
}

/// <summary>Code first, step 1. Counts as a try, durably, before it is answered.</summary>
public sealed record PairBeginParams(PairingCodeId CodeId)
{
    public const string Method = "pair.begin";
}

/// <summary>The gateway's fresh nonce for the exchange's transcript; the same answer for known and unknown codes.</summary>
public sealed record PairBeginResult(string ExchangeNonce, int ExpiresInMs);

/// <summary>Code first, step 2: the device proves the code first. <paramref name="Proof"/>: base64url HMAC, see CodeExchange.</summary>
public sealed record PairConfirmParams(PairingCodeId CodeId, string Proof)
{
    public const string Method = "pair.confirm";
}

/// <summary>The gateway's counter-proof and what was granted; <c>connect.welcome</c> is in <paramref name="Hello"/>.</summary>
public sealed record PairConfirmResult(string Proof, HelloOk Hello);

/// <summary>Request first: reveals the symbol nonce that was committed to in <c>connect</c>.</summary>
public sealed record PairRequestParams(string SymbolNonce)
{
    public const string Method = "pair.request";
}

/// <summary>The pending request; both sides compute <paramref name="Symbols"/> and the device compares.</summary>
public sealed record PairRequestResult(PairingRequestId RequestId, string Symbols, long ExpiresAtMs);

/// <summary>Method <c>device.pair.code.create</c>.</summary>
/// <param name="Name">Name for the device, else the device's own.</param>
public sealed record CodeCreateParams(Role Role, ScopeSet? Scopes = null, string? Name = null)
{
    public const string Method = "device.pair.code.create";
}

/// <param name="Code">The whole code, <c>IIII-XXXX-XXXX</c>. A secret.</param>
/// <param name="Url">Where the other device reaches this gateway; null with <paramref name="UrlProblem"/> saying what is missing.</param>
/// <param name="Command">What to type on the other device; holds no secret.</param>
/// <param name="Link">A <c>netclaw://pair</c> link for a QR code. Holds the code: a secret.</param>
public sealed record CodeCreateResult(
    PairingCodeId CodeId, Secret Code, long ExpiresAtMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Url,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? UrlProblem,
    string Command, Secret Link);

/// <summary>Method <c>device.pair.list</c>.</summary>
/// <param name="Legacy">Imported devices that wait for their key; left out when there are none.</param>
public sealed record PairListResult(ImmutableArray<PendingPairing> Pending, ImmutableArray<PairedDevice> Paired, int LiveCodes, ImmutableArray<LegacyDeviceRow>? Legacy = null)
{
    public const string Method = "device.pair.list";
}

public sealed record PendingPairing(
    PairingRequestId RequestId, DeviceId DeviceId, PublicKey PublicKey, string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Platform,
    Role Role, ScopeSet Scopes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? RemoteAddress,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Symbols,
    long Ts, long ExpiresAtMs);

/// <param name="Kind">host, paired or internal.</param>
/// <param name="ApprovedVia">bootstrap, code, setup, owner or import; without a prompt: local or internal.</param>
/// <param name="Tokens">Left out when it has none.</param>
/// <param name="SuspendedAtMs">Set since a restore, until an operator confirms the device: it is not let in.</param>
/// <param name="RevokedAtMs">Set on tombstones; a tombstone is listed only with <c>all</c>.</param>
public sealed record PairedDevice(
    DeviceId DeviceId, PublicKey PublicKey, string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Platform,
    string Kind, ImmutableArray<Role> Roles, ScopeSet Scopes,
    string ApprovedVia, string ApprovedBy, long ApprovedAtMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? LastSeenMs,
    bool Connected, long? RevokedAtMs = null, ImmutableArray<PairedToken>? Tokens = null, long? SuspendedAtMs = null);

/// <summary>A device's bearer token as it is listed: never the token itself.</summary>
public sealed record PairedToken(Role Role, ScopeSet Scopes, long IssuedAtMs);

/// <summary>Method <c>device.pair.list</c>'s parameters.</summary>
public sealed record PairListParams(bool All = false);

/// <summary>Method <c>device.pair.approve</c>. <paramref name="Symbols"/> are asked of native requests.</summary>
public sealed record PairApproveParams(PairingRequestId RequestId, string? Symbols = null, ScopeSet? Scopes = null, string? Name = null)
{
    public const string Method = "device.pair.approve";
}

public sealed record PairApproveResult(PairingRequestId RequestId, PairedDevice Device);

/// <summary>Method <c>device.pair.reject</c>.</summary>
public sealed record PairRejectParams(PairingRequestId RequestId, string? Reason = null)
{
    public const string Method = "device.pair.reject";
}

public sealed record PairRejectResult(PairingRequestId RequestId, DeviceId DeviceId);

/// <summary>Method <c>device.pair.remove</c>: revokes. Answers after the device's live connections are closed.</summary>
public sealed record PairRemoveParams(DeviceId DeviceId, string? Reason = null)
{
    public const string Method = "device.pair.remove";
}

/// <summary>Method <c>device.pair.local.status</c>: whether local devices are paired without a prompt.</summary>
/// <param name="State">on, off, or suspended: exposure or auth mode changed, and no operator has confirmed since.</param>
public sealed record LocalPairingResult(string State, string Exposure, string AuthMode)
{
    public const string StatusMethod = "device.pair.local.status";
    public const string ConfirmMethod = "device.pair.local.confirm";
    public const string On = "on";
    public const string Off = "off";
    public const string Suspended = "suspended";
}

public sealed record PairRemoveResult(DeviceId DeviceId, string Name, int ConnectionsClosed);

using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Whether a device's signature holds. Worked out once, by <c>ProofVerifier</c>; the policy only reads it.</summary>
public enum ProofVerdict
{
    /// <summary>No device identity was presented.</summary>
    Absent,
    Valid,
    KeyInvalid,
    IdMismatch,
    NonceMissing,
    NonceMismatch,
    Expired,
    SignatureInvalid,
}

/// <summary>What a device signed.</summary>
public enum ProofKind
{
    /// <summary>Netclaw's own transcript: names this gateway, so it cannot be relayed.</summary>
    Native,

    /// <summary>The gateway protocol's v2 or v3 payload: names no gateway, so it never authenticates alone.</summary>
    Protocol,
}

/// <summary>Whether a presented secret is the right one.</summary>
public enum SecretVerdict
{
    /// <summary>None was presented.</summary>
    Absent,
    Valid,
    Wrong,

    /// <summary>Not looked at: too many wrong ones came from there.</summary>
    Limited,

    /// <summary>The gateway's own secret cannot be read at this moment, so nothing can be right.</summary>
    Unavailable,
}

/// <summary>What became of a presented token of an earlier gateway.</summary>
public enum LegacyVerdict
{
    Absent,
    Valid,
    Wrong,

    /// <summary>Not looked at: too many wrong ones came from there.</summary>
    Limited,

    /// <summary>Right, but it was used already or taken back.</summary>
    Spent,

    /// <summary>Not looked at: it came without a proven key, or where others can read it.</summary>
    Unexamined,
}

/// <summary>What became of a presented spawn credential.</summary>
public enum SpawnVerdict
{
    Absent,
    Valid,
    Unknown,

    /// <summary>Its time is over, or its process has exited.</summary>
    Expired,

    /// <summary>Its parent was cancelled.</summary>
    Revoked,
}

/// <summary>What became of a signed assertion (a JWT of the proxy). The first failure is the verdict.</summary>
public enum AssertionVerdict
{
    Absent,
    Valid,
    Malformed,
    KeysUnavailable,
    SignatureInvalid,
    IssuerMismatch,
    AudienceMismatch,
    Expired,
    UserMissing,
}

/// <summary>What a spawn credential allows (trust.md section 4).</summary>
/// <param name="Scopes">What the parent granted; never more than the parent had.</param>
/// <param name="UserId">The user that the child runs as: the daemon's own, or <c>spawn.runAs</c>.</param>
public sealed record SpawnGrant(RunId Run, ScopeSet Scopes, uint UserId);

/// <summary>What a device token allows: one device, one role.</summary>
public sealed record DeviceTokenGrant(DeviceId Device, Role Role, ScopeSet Scopes)
{
    /// <summary>The hash it was found by, so that a rotation meanwhile is noticed; null where nothing is compared.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>Everything a connection offered, checked once before the policy is asked; the policy never sees a secret.</summary>
public sealed record Credentials
{
    public ProofVerdict Proof { get; init; }
    public ProofKind Kind { get; init; }

    /// <summary>The shared token; looked at only where it is the auth mode.</summary>
    public SecretVerdict Token { get; init; }

    /// <summary>The shared password; looked at only where it is the auth mode.</summary>
    public SecretVerdict Password { get; init; }

    public SecretVerdict DeviceToken { get; init; }

    /// <summary>Set when <see cref="DeviceToken"/> is valid.</summary>
    public DeviceTokenGrant? DeviceGrant { get; init; }

    public LegacyVerdict Legacy { get; init; }

    /// <summary>Set when <see cref="Legacy"/> is valid.</summary>
    public LegacyDeviceId? LegacyDevice { get; init; }

    /// <summary>For the person, when <see cref="Legacy"/> is spent: on what.</summary>
    public string? LegacySpent { get; init; }

    /// <summary>The token of a setup code; looked at only beside a proven key.</summary>
    public SecretVerdict Setup { get; init; }

    /// <summary>Set when <see cref="Setup"/> is valid.</summary>
    public SetupCodeId? SetupCode { get; init; }

    /// <summary>For the person, when <see cref="Setup"/> is wrong though it once was right: why.</summary>
    public string? SetupProblem { get; init; }

    public SpawnVerdict Spawn { get; init; }

    /// <summary>Set when <see cref="Spawn"/> is valid.</summary>
    public SpawnGrant? SpawnGrant { get; init; }

    public AssertionVerdict Assertion { get; init; }

    /// <summary>Set when <see cref="Assertion"/> is valid.</summary>
    public string? AssertedUser { get; init; }

    /// <summary>When a limited one may try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Which of the gateway's successive shared secrets was right; told apart so that a rotation can close what the old one opened.</summary>
    public long SecretGeneration { get; init; }

    public static Credentials None { get; } = new();

    /// <summary>Once the token is spent, it has no say in anything any more.</summary>
    public Credentials WithoutLegacy() => this with { Legacy = LegacyVerdict.Absent, LegacyDevice = null, LegacySpent = null };

    public static Credentials Of(ProofVerdict proof) => proof == ProofVerdict.Absent ? None : new Credentials { Proof = proof };
}

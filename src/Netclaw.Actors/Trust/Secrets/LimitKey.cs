using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>What can be guessed at. Each is counted for itself: wrong ones of one class hold up no other.</summary>
public enum CredentialClass
{
    /// <summary>The shared token or password.</summary>
    SharedSecret,

    /// <summary>A device's bearer token; only whoever holds that device's key gets to guess.</summary>
    DeviceToken,

    /// <summary>The token of an earlier gateway.</summary>
    LegacyToken,

    /// <summary>The token of a setup code.</summary>
    SetupToken,
}

/// <summary>Whose guesses count together.</summary>
/// <param name="Device">Set for device tokens: behind one address, nobody can use up another device's tries.</param>
public readonly record struct LimitKey(CredentialClass Class, AddressKey Address, DeviceId Device = default);

/// <param name="Verdict">Valid, Wrong or Limited.</param>
/// <param name="RetryAfter">Set when limited.</param>
public readonly record struct LimitAnswer(SecretVerdict Verdict, TimeSpan? RetryAfter = null);

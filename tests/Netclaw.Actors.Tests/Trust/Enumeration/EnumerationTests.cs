using System.Runtime.CompilerServices;
using Xunit.Abstractions;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>Every cell of the space, each rule of trust.md by its own name.</summary>
public sealed class EnumerationTests(ITestOutputHelper output)
{
    [Fact]
    public void Walks_AMillionCellsAndMore()
    {
        var survey = Survey.OfProduct.Value;
        output.WriteLine($"{survey.Cells:N0} cells: {string.Join(", ", Space.All.Select(slice => $"{slice.Name} {slice.Count:N0}"))}");
        foreach (var (name, times) in survey.Outcomes.OrderByDescending(entry => entry.Value))
        {
            output.WriteLine($"{times,10:N0}  {name}");
        }

        Assert.True(survey.Cells >= 1_000_000, $"only {survey.Cells} cells");
        Assert.Equal(survey.Cells, survey.Outcomes.Values.Sum());
    }

    [Fact]
    public void Total() => Holds();

    [Fact]
    public void NothingWithoutItsEvidence() => Holds();

    [Fact]
    public void NobodyLockedOut() => Holds();

    [Fact]
    public void FirstFailureIsNamed() => Holds();

    [Fact]
    public void RefusalsLeadOut() => Holds();

    [Fact]
    public void NoMoreThanAskedFor() => Holds();

    [Fact]
    public void ForwardingNeverWidens() => Holds();

    [Fact]
    public void OriginNeverWidens() => Holds();

    [Fact]
    public void LabelsChangeNothing() => Holds();

    [Fact]
    public void RemoteGainsNothingFromLoopback() => Holds();

    [Fact]
    public void ForwardedGainsNothingFromInternal() => Holds();

    [Fact]
    public void NativeProofsStandAlone() => Holds();

    [Fact]
    public void LoopbackUserNeedsAllowLoopback() => Holds();

    [Fact]
    public void DefaultsAreUnchanged() => Holds();

    [Fact]
    public void UnknownUserSatisfiesNothing() => Holds();

    [Fact]
    public void EveryInvariant_HasItsTest() => Assert.All(Invariants.All, invariant => Assert.NotNull(typeof(EnumerationTests).GetMethod(invariant.Name)));

    [Fact]
    public void Reaches_EveryCheckOfEveryTable() => Assert.Equal(
        Enum.GetValues<ListenerKind>().SelectMany(listener => TrustPolicy.Default.Checks(listener).Select(check => $"{listener}/{check.Name}")).Order(StringComparer.Ordinal),
        Survey.OfProduct.Value.Checks.Keys.Order(StringComparer.Ordinal));

    /// <summary>Every outcome that the policy has, no more and no fewer.</summary>
    [Fact]
    public void Reaches_EveryOutcome() => Assert.Equal(
    [
        "AssertionAudienceMismatch", "AssertionExpired", "AssertionIssuerMismatch", "AssertionKeysUnavailable", "AssertionMalformed", "AssertionMissing", "AssertionSignatureInvalid", "AssertionUserMissing",
        "AuthRateLimited", "AuthSecretUnavailable", "ControlSocketBridged", "DeviceIdMismatch", "DeviceIdentityRequired", "DeviceKeyInvalid", "DeviceNonceMismatch", "DeviceRevoked", "DeviceSignatureExpired",
        "DeviceSignatureInvalid", "DeviceSuspended", "DeviceTokenInvalid", "HostCredentialNotLocal", "HostNotAllowed",
        "LegacyTokenInvalid", "LegacyTokenNeedsKey", "LegacyTokenNotPrivate", "LegacyTokenSpent", "MissingScope", "OriginNotAllowed", "PairingRequired", "PeerCredentialsUnavailable", "PeerUidNotAllowed",
        "RoleNotAllowed", "SetupCodeInvalid", "SpawnCredentialExpired", "SpawnCredentialInvalid", "SpawnCredentialNotLocal", "SpawnCredentialRequired", "SpawnCredentialRevoked", "TrustedProxyConfigMissing",
        "TrustedProxyLocalInterfaceCheckFailed", "TrustedProxyLocalInterfaceSource", "TrustedProxyLoopbackSource", "TrustedProxyMissingHeader", "TrustedProxyNoProxiesConfigured", "TrustedProxyOriginNotAllowed",
        "TrustedProxyUidNotAllowed", "TrustedProxyUntrustedSource", "TrustedProxyUserConflict", "TrustedProxyUserMissing", "TrustedProxyUserNotAllowed", "Unauthorized",
        "enrol legacy", "granted bootstrap-token", "granted control-socket", "granted device-key", "granted device-token", "granted host-key", "granted loopback-user", "granted loopback-user internal", "granted none", "granted none internal",
        "granted password", "granted password internal", "granted shared-socket", "granted spawn", "granted token", "granted token internal", "granted trusted-proxy", "must pair", "pair silently Internal", "pair silently Local",
        "redeem setup",
    ], Survey.OfProduct.Value.Outcomes.Keys.Order(StringComparer.Ordinal));

    private static void Holds([CallerMemberName] string invariant = "") => Assert.Equal("", Survey.OfProduct.Value.Violations(invariant));
}

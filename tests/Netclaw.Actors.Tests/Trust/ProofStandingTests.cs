using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>What a signature that names no gateway is worth, and what the kernel's word is worth (trust.md sections 1, 4 and 6).</summary>
public sealed class ProofStandingTests
{
    private static readonly AccessQuestion ProtocolDevice = Ask.Loopback.Proves(ProofKind.Protocol).Holding(Ask.Paired(ScopeSet.All, Role.Operator, Role.Node));

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Node)]
    public void Refuses_AProtocolSignatureAlone_UnderAuthNone(Role role) => ProtocolDevice.As(role).Under(ExposureMode.Local, AuthMode.None)
        .Seen(evidence => evidence with { RemoteUserId = 1001 }).IsRefused(RefusalCode.DeviceTokenInvalid);

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Node)]
    public void MakesNobodyADevice_ByAProxysWordAndAProtocolSignature(Role role) => ProtocolDevice.As(role).Under(options => options with
    {
        Auth = AuthMode.TrustedProxy, TrustedProxy = new TrustedProxyOptions { UserHeader = "x-user", AllowLoopback = true, ProxyUids = UidRule.Of(33) },
    }).Seen(evidence => evidence with { RemoteUserId = 33, User = HeaderReading.Of("alice") }).IsRefused(RefusalCode.DeviceTokenInvalid);

    [Fact]
    public void LetsAnInternalNodeBackIn_ThatWasPairedSilently() =>
        Assert.Equal(Ask.Key.DeviceId, ProtocolDevice.As(Role.Node).Under(ExposureMode.Local, AuthMode.None).Granted().Device);

    [Fact]
    public void OffersPairing_ToADeviceThatLostItsToken() => Assert.IsType<AccessDecision.MustPair>(
        ProtocolDevice.Under(ExposureMode.Local, AuthMode.None).Says(hello => hello with { Pairing = Ask.Intent }).Decide());

    [Fact]
    public void SaysWhenToTryAgain_WhereTheDeviceTokenWasNotLookedAt()
    {
        var refused = ProtocolDevice.Under(ExposureMode.Local, AuthMode.None)
            .Offers(offered => offered with { DeviceToken = SecretVerdict.Limited, RetryAfter = TimeSpan.FromSeconds(7) }).Refused();
        Assert.Equal(RefusalCode.AuthRateLimited, refused.Code);
        Assert.Equal(TimeSpan.FromSeconds(7), refused.RetryAfter);
    }

    [Fact]
    public void TakesTheOverflowUser_ForNobody()
    {
        Assert.False(UidRule.Of(UserId.Overflow).Admits(UserId.Overflow));
        Assert.False(UidRule.Of(1000).Admits(null));
        Assert.False(UidRule.None.Admits(1000));
        Assert.True(UidRule.Anybody.Admits(1001));
        Assert.False(UidRule.Anybody.Admits(null));
        Assert.False(UidRule.Anybody.Admits(UserId.Overflow));
    }

    [Fact]
    public void TakesTheOverflowGroup_ForNone() => Ask.Loopback
        .Seen(evidence => evidence with { Listener = ListenerKind.Shared, Peer = new PeerProcess(1001, UserId.Overflow, 7, [UserId.Overflow], false) })
        .Under(options => options with { ControlGroups = [UserId.Overflow] }).IsRefused(RefusalCode.PeerUidNotAllowed);

    [Fact]
    public void RefusesASpawnCredential_ThroughATunnel_WhereTheKernelNamesTheOverflowUser() => Ask.Loopback.Under(ExposureMode.TailscaleServe, AuthMode.Token)
        .Seen(evidence => evidence with { RemoteUserId = UserId.Overflow })
        .Offers(offered => offered with { Spawn = SpawnVerdict.Valid, SpawnGrant = new SpawnGrant(RunId.New(), ScopeSet.ReadWrite, UserId.Overflow) })
        .IsRefused(RefusalCode.SpawnCredentialNotLocal);

    [Fact]
    public void NeedsTheAssertionItself_BesideAVerdictOnIt() => Ask.Loopback.Under(options => options with
    {
        Auth = AuthMode.TrustedProxy,
        TrustedProxy = new TrustedProxyOptions { AllowLoopback = true, Assertion = new AssertionOptions { Header = "x-jwt", Issuer = "i", Audience = "a", KeySet = "k" } },
    }).Offers(offered => offered with { Assertion = AssertionVerdict.Valid, AssertedUser = "alice" }).IsRefused(RefusalCode.AssertionMissing);

    [Fact]
    public void ServesAPageOfAnAllowedOrigin_UnderAuthNone() => Assert.Equal(ScopeSet.ReadWrite, Ask.Loopback.Under(ExposureMode.Local, AuthMode.None)
        .Seen(evidence => evidence with { Origin = "http://127.0.0.1:5199", OriginAllowed = true }).Granted().Scopes);

    /// <summary>A node on loopback that fails to authenticate hears that; only from elsewhere the missing key comes first.</summary>
    [Theory]
    [InlineData(Ask.Owner)]
    [InlineData(1001u)]
    [InlineData(null)]
    public void SaysUnauthorized_ToANodeOnLoopbackThatFailedToAuthenticate(uint? user) => Ask.Loopback.As(Role.Node)
        .Seen(evidence => evidence with { RemoteUserId = user }).Offers(offered => offered with { Token = SecretVerdict.Wrong }).IsRefused(RefusalCode.Unauthorized);
}

using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>The published cases of nodes without a device identity, and of internal devices that are not yet paired, by their names.</summary>
public sealed class NodeCases
{
    private static readonly Credentials Right = new() { Token = SecretVerdict.Valid, Password = SecretVerdict.Valid };
    private static readonly Credentials Bad = new() { Token = SecretVerdict.Wrong, Password = SecretVerdict.Wrong };

    private static Request Node(AuthMode auth) => new Request().AsNode().Under(ExposureMode.Local, auth)
        .Under(new TrustedProxyOptions { UserHeader = "x-user", AllowLoopback = true, LoopbackUser = "scheduler" }).Offering(auth is AuthMode.Token or AuthMode.Password ? Right : Credentials.None);

    private static Request Remote(Request request) => request.From("203.0.113.9").To("gateway.example");

    public static TheoryData<AuthMode> Modes => [.. Enum.GetValues<AuthMode>()];

    [Theory]
    [MemberData(nameof(Modes))]
    public void RemoteNodeWithoutDeviceIdentity_IsRefused(AuthMode auth) => Remote(Node(auth)).IsRefused(RefusalCode.DeviceIdentityRequired);

    [Theory]
    [MemberData(nameof(Modes))]
    public void ProxiedNodeWithoutDeviceIdentity_IsRefused(AuthMode auth) => Node(auth).With("X-Forwarded-For", "198.51.100.7").IsRefused(RefusalCode.DeviceIdentityRequired);

    [Theory]
    [InlineData(AuthMode.Token)]
    [InlineData(AuthMode.Password)]
    public void LoopbackNodeWithBadAuth_IsRefused(AuthMode auth)
    {
        Node(auth).Offering(Bad).IsRefused(RefusalCode.Unauthorized);
        Node(auth).Offering(Credentials.None).IsRefused(RefusalCode.Unauthorized);
    }

    [Fact]
    public void LoopbackNodeWithBadAuth_IsRefused_BehindAProxy() => Node(AuthMode.TrustedProxy).Under(new TrustedProxyOptions { UserHeader = "x-user", AllowLoopback = true }).IsRefused(RefusalCode.TrustedProxyUserMissing);

    [Theory]
    [MemberData(nameof(Modes))]
    public void InternalLoopbackNode_IsAccepted_InEachAuthMode(AuthMode auth)
    {
        var who = Node(auth).Granted();
        Assert.True(who.IsInternal);
        Assert.Equal((Role.Node, ScopeSet.Empty, (DeviceId?)null), (who.Role, who.Scopes, who.Device));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void InternalDevicePresentButNotYetPaired_IsPairedSilently(AuthMode auth)
    {
        foreach (var kind in Enum.GetValues<ProofKind>())
        {
            var silent = Assert.IsType<AccessDecision.PairSilently>(Node(auth).WithDevice(kind).Decide());
            Assert.Equal((SilentVia.Internal, Role.Node, ScopeSet.Empty), (silent.Via, silent.Role, silent.Scopes));
        }
    }

    [Fact]
    public void InternalDevicePresentButNotYetPaired_UnderAuthNone_IsPairedSilently_ARemoteOneNot()
    {
        Assert.IsType<AccessDecision.PairSilently>(Node(AuthMode.None).WithDevice().Decide());
        Remote(Node(AuthMode.None).WithDevice()).IsRefused(RefusalCode.PairingRequired);
        Node(AuthMode.None).WithDevice().With("X-Forwarded-For", "127.0.0.1").IsRefused(RefusalCode.PairingRequired);
        Node(AuthMode.None).WithDevice().From("127.0.0.1", 1001).IsRefused(RefusalCode.PairingRequired);
    }

    [Fact]
    public void AnOperatorsDevice_IsNeverPairedSilently_OnAuthNoneAlone() =>
        new Request().Under(ExposureMode.Local, AuthMode.None).From("127.0.0.1", 1001).WithDevice().IsRefused(RefusalCode.PairingRequired);
}

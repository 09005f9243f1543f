using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>The published cases of trusted-proxy mode on loopback, by their names.</summary>
public sealed class TrustedProxyCases
{
    private static readonly TrustedProxyOptions Plain = new() { UserHeader = "x-forwarded-user", RequiredHeaders = ["x-forwarded-proto"] };
    private static readonly TrustedProxyOptions Loopback = Of(loopbackUser: null);
    private static readonly TrustedProxyOptions Internal = Of(loopbackUser: "scheduler");

    private static Request Behind(TrustedProxyOptions options, ExposureMode exposure = ExposureMode.ReverseProxy) =>
        new Request().Under(exposure, AuthMode.TrustedProxy, "10.0.0.0/24").Under(options);

    private static TrustedProxyOptions Of(string? loopbackUser, bool allowLoopback = true, params string[] allowUsers) => new()
    {
        UserHeader = Plain.UserHeader, RequiredHeaders = Plain.RequiredHeaders, AllowLoopback = allowLoopback, LoopbackUser = loopbackUser, AllowUsers = [.. allowUsers],
    };

    private static Request ByProxy(Request request, string user = "alice") =>
        request.With("X-Forwarded-For", "198.51.100.7").With("X-Forwarded-Proto", "https").With("X-Forwarded-User", user);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void AllowsLoopback_WhenAllowLoopbackIsTrue_WithProxyHeaders(string address)
    {
        var who = ByProxy(Behind(Loopback).From(address, user: 33)).Granted();
        Assert.Equal((AuthMethod.TrustedProxy, "proxy:alice"), (who.Method, who.Name));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void RejectsLoopback_WhenAllowLoopbackIsFalse_WithProxyHeaders(string address) =>
        ByProxy(Behind(Plain).From(address, user: 33)).IsRefused(RefusalCode.TrustedProxyLoopbackSource);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void InjectsLoopbackUser_WhenTheUserHeaderIsMissing(string address)
    {
        var who = Behind(Internal).From(address, Ask.Owner).Granted();
        Assert.Equal((AuthMethod.LoopbackUser, "proxy:scheduler", ScopeSet.ReadWrite), (who.Method, who.Name, who.Scopes));
    }

    [Fact]
    public void RejectsLoopback_WithoutUserHeader_WhenLoopbackUserIsNotSet() =>
        Behind(Loopback).With("X-Forwarded-Proto", "https").IsRefused(RefusalCode.TrustedProxyUserMissing);

    [Fact]
    public void PrefersTheRealUserHeader_OverLoopbackUser() => Assert.Equal("proxy:alice", ByProxy(Behind(Internal)).Granted().Name);

    [Fact]
    public void PrefersTheRealUserHeader_OverLoopbackUser_WithoutForwardingHeaders()
    {
        var named = new TrustedProxyOptions { UserHeader = "x-user", AllowLoopback = true, LoopbackUser = "scheduler" };
        Assert.Equal("proxy:alice", Behind(named).With("X-User", "alice").Granted().Name);
        Behind(named).With("X-User", " ").IsRefused(RefusalCode.TrustedProxyUserMissing);
    }

    [Fact]
    public void RejectsASameHostProxyRequest_WithAMissingRequiredHeader()
    {
        var request = Behind(Loopback).With("X-Forwarded-For", "198.51.100.7").With("X-Forwarded-User", "alice");
        request.IsRefused(RefusalCode.TrustedProxyMissingHeader);
        Assert.Equal("trusted_proxy_missing_header_x-forwarded-proto", request.Asked.Refused().CodeName);
    }

    [Fact]
    public void AllowsASameHostProxyRequest_WhenAllowLoopbackIsTrue() => Assert.Equal("proxy:alice", ByProxy(Behind(Loopback).From("127.0.0.1", user: 33)).Granted().Name);

    [Fact]
    public void LoopbackUserWithoutAllowLoopback_NeverApplies()
    {
        Behind(Of("scheduler", allowLoopback: false)).IsRefused(RefusalCode.TrustedProxyLoopbackSource);
        Behind(Of("scheduler", allowLoopback: false), ExposureMode.Local).IsRefused(RefusalCode.TrustedProxyLoopbackSource);
    }

    [Fact]
    public void LoopbackUserOutsideAllowUsers_IsRefused() => Behind(Of("scheduler", allowLoopback: true, "alice")).IsRefused(RefusalCode.TrustedProxyUserNotAllowed);

    [Theory]
    [InlineData("X-Forwarded-For", "198.51.100.7")]
    [InlineData("Forwarded", "for=198.51.100.7")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X_Forwarded_For", "127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Cf-Connecting-Ip", "127.0.0.1")]
    [InlineData("Tailscale-User-Login", "alice")]
    [InlineData("X-Envoy-External-Address", "127.0.0.1")]
    public void InjectsLoopbackUser_Never_WithAnyForwardingEvidence(string header, string value) =>
        Assert.IsType<AccessDecision.Refused>(Behind(Internal).With(header, value).Decide());

    [Theory]
    [InlineData(1001u)]
    [InlineData(UserId.Overflow)]
    [InlineData(null)]
    public void InjectsLoopbackUser_Never_ForAProcessOfAnotherUser(uint? user) => Assert.IsType<AccessDecision.Refused>(Behind(Internal).From("127.0.0.1", user).Decide());

    [Theory]
    [InlineData(ExposureMode.TailscaleServe)]
    [InlineData(ExposureMode.TailscaleFunnel)]
    [InlineData(ExposureMode.CloudflareTunnel)]
    public void InjectsLoopbackUser_Never_ThroughATunnel(ExposureMode tunnel) => Behind(Internal, tunnel).IsRefused(RefusalCode.TrustedProxyLoopbackSource);

    /// <summary>Everything else about loopback stays as it is when nothing is set.</summary>
    [Fact]
    public void DefaultConfiguration_IsUnchangedByTheseOptions()
    {
        var byDefault = new Request();
        byDefault.IsRefused(RefusalCode.Unauthorized);
        byDefault.Under(Internal).IsRefused(RefusalCode.Unauthorized);
        Assert.Equal(byDefault.Offering(new Credentials { Token = SecretVerdict.Valid }).Decide(), byDefault.Under(Internal).Offering(new Credentials { Token = SecretVerdict.Valid }).Decide());
        Assert.False(new TrustedProxyOptions().AllowLoopback);
        Assert.Null(new TrustedProxyOptions().LoopbackUser);
    }
}

namespace Netclaw.Actors.Trust.Reading;

public sealed class LoopbackUserTests
{
    private static readonly TrustOptions Plain = new() { OwnerUserId = 1000 };

    public static TheoryData<string, bool, TrustOptions> Cases { get; } = new()
    {
        { "internal nodes and silent pairing", true, Plain },
        { "internal nodes alone", true, Plain with { AutoApproveLocal = false } },
        { "silent pairing alone", true, Plain with { TrustedProxy = new TrustedProxyOptions { LoopbackUids = UidRule.Anybody } } },
        { "anybody on loopback, nothing silent", false, Plain with { AutoApproveLocal = false, TrustedProxy = new TrustedProxyOptions { LoopbackUids = UidRule.Anybody } } },
        { "auth none", true, Plain with { Auth = AuthMode.None } },
        { "a proxy elsewhere", false, Plain with { Exposure = ExposureMode.ReverseProxy } },
        { "a proxy here", true, Plain with { Exposure = ExposureMode.ReverseProxy, TrustedProxy = new TrustedProxyOptions { AllowLoopback = true } } },
        { "a proxy here, anybody", false, Plain with { Exposure = ExposureMode.ReverseProxy, TrustedProxy = new TrustedProxyOptions { AllowLoopback = true, LoopbackUids = UidRule.Anybody } } },
        { "a tunnel", false, Plain with { Exposure = ExposureMode.CloudflareTunnel } },
        { "a tunnel whose agent the kernel names", true, Plain with { Exposure = ExposureMode.TailscaleServe, Auth = AuthMode.TrustedProxy, TrustedProxy = new TrustedProxyOptions { ProxyUids = UidRule.Of(33) } } },
        { "a tunnel, proxyUids without the mode", false, Plain with { Exposure = ExposureMode.TailscaleServe, TrustedProxy = new TrustedProxyOptions { ProxyUids = UidRule.Of(33) } } },
        { "a tunnel, any process", false, Plain with { Exposure = ExposureMode.TailscaleServe, Auth = AuthMode.TrustedProxy, TrustedProxy = new TrustedProxyOptions { ProxyUids = UidRule.Anybody } } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsAskedFor_WhereARuleCanUseIt(string rule, bool asked, TrustOptions trust) => Assert.True(asked == LoopbackUser.LetsSomebodyIn(trust), rule);
}

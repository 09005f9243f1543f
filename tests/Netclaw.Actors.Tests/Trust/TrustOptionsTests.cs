using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

public sealed class TrustOptionsTests
{
    private static readonly TrustOptionsValidator Validator = new();

    [Fact]
    public void Accepts_TheDefaults() => Assert.True(Validator.Validate(null, new TrustOptions { OwnerUserId = 1000 }).Succeeded);

    [Fact]
    public void Names_EveryProblemAtOnce()
    {
        var result = Validator.Validate(null, new TrustOptions
        {
            OwnerUserId = UserId.Overflow, ProofPast = TimeSpan.FromDays(1), ProofFuture = TimeSpan.FromSeconds(-1),
        });
        Assert.Equal(3, result.Failures!.Count());
        Assert.Contains(result.Failures!, problem => problem.Contains("trust.proofPast", StringComparison.Ordinal));
        Assert.Contains(result.Failures!, problem => problem.Contains("trust.proofFuture", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_NoAuthentication_BeyondLocal() => Problem(
        "auth.mode is none", new TrustOptions { OwnerUserId = 1000, Auth = AuthMode.None, Exposure = ExposureMode.ReverseProxy });

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "internal")]
    public void Refuses_LoopbackOptIns_BehindATunnel(bool allowLoopback, string? loopbackUser) => Problem("loopback is the tunnel", new TrustOptions
    {
        OwnerUserId = 1000, Exposure = ExposureMode.CloudflareTunnel, TrustedProxy = new TrustedProxyOptions { AllowLoopback = allowLoopback, LoopbackUser = loopbackUser },
    });

    [Theory]
    [InlineData("")]
    [InlineData("x_forwarded_user")]
    [InlineData("x-user: root")]
    public void Refuses_AHeaderThatIsNoName(string header) => Problem("header", new TrustOptions
    {
        OwnerUserId = 1000, TrustedProxy = new TrustedProxyOptions { UserHeader = "x-user", RequiredHeaders = [header] },
    });

    [Fact]
    public void Refuses_AnAssertionWithoutAnIssuer() => Problem("assertion", new TrustOptions
    {
        OwnerUserId = 1000,
        TrustedProxy = new TrustedProxyOptions { Assertion = new AssertionOptions { Header = "x-jwt", Issuer = "", Audience = "netclaw", KeySet = "keys.json" } },
    });

    private static void Problem(string about, TrustOptions options) =>
        Assert.Contains(about, Assert.Single(Validator.Validate(null, options).Failures!), StringComparison.Ordinal);
}

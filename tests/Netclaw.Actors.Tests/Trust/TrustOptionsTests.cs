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
}

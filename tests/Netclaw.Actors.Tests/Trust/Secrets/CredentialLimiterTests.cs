using System.Net;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

public sealed class CredentialLimiterTests
{
    private static readonly CredentialLimits Limits = new() { MaxAttempts = 3, MaxEntries = 4, GlobalPerMinute = 600 };

    private readonly CredentialLimiter _limiter = new(Limits);
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void Locks_AfterTheLastWrongOne_AndSaysForHowLong()
    {
        Assert.Equal([SecretVerdict.Wrong, SecretVerdict.Wrong, SecretVerdict.Wrong], Guess("203.0.113.1", 3));
        _now += TimeSpan.FromSeconds(10);

        var answer = Judge("203.0.113.1", right: false);
        Assert.Equal((SecretVerdict.Limited, TimeSpan.FromSeconds(290)), (answer.Verdict, answer.RetryAfter!.Value));
    }

    [Fact]
    public void Limits_TheRightOneToo_WhileLocked()
    {
        Guess("203.0.113.1", 3);

        Assert.Equal(SecretVerdict.Limited, Judge("203.0.113.1", right: true).Verdict);
    }

    [Fact]
    public void Forgives_WhenTheLockoutIsOver()
    {
        Guess("203.0.113.1", 3);
        _now += Limits.Lockout;

        Assert.Equal(SecretVerdict.Valid, Judge("203.0.113.1", right: true).Verdict);
        Assert.Equal(0, _limiter.Count);
    }

    [Fact]
    public void Forgets_WrongOnes_WhenTheirWindowIsOver()
    {
        Guess("203.0.113.1", 2);
        _now += Limits.Window;

        Assert.Equal([SecretVerdict.Wrong, SecretVerdict.Wrong], Guess("203.0.113.1", 2));
    }

    [Fact]
    public void TheRightOne_ResetsItsOwnClassOnly()
    {
        var (_, device) = DeviceKey("203.0.113.1");
        Guess("203.0.113.1", 2);
        _limiter.Judge(device, right: false, _now);
        _limiter.Judge(device, right: false, _now);

        Assert.Equal(SecretVerdict.Valid, Judge("203.0.113.1", right: true).Verdict);
        Assert.Equal([SecretVerdict.Wrong, SecretVerdict.Wrong], Guess("203.0.113.1", 2));
        Assert.Equal(SecretVerdict.Wrong, _limiter.Judge(device, right: false, _now).Verdict);
        Assert.Equal(SecretVerdict.Limited, _limiter.Judge(device, right: false, _now).Verdict);
    }

    [Fact]
    public void ABogusDeviceToken_NeitherHelpsNorHurtsTheSharedSecret()
    {
        var (_, device) = DeviceKey("203.0.113.1");
        Guess("203.0.113.1", 2);
        _limiter.Judge(device, right: true, _now);

        Assert.Equal([SecretVerdict.Wrong, SecretVerdict.Limited], Guess("203.0.113.1", 2));
    }

    [Fact]
    public void OneDevicesTries_AreNotAnothers_BehindOneAddress()
    {
        var ((first, second), address) = ((DeviceKey("203.0.113.1").Limit, DeviceKey("203.0.113.1").Limit), "203.0.113.1");
        for (var i = 0; i < 3; i++)
        {
            _limiter.Judge(first, right: false, _now);
        }

        Assert.Equal(SecretVerdict.Limited, _limiter.Judge(first, right: true, _now).Verdict);
        Assert.Equal(SecretVerdict.Valid, _limiter.Judge(second, right: true, _now).Verdict);
        Assert.Equal(SecretVerdict.Valid, Judge(address, right: true).Verdict);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("203.0.113.1", "::ffff:203.0.113.1", true)]
    [InlineData("203.0.113.1", "203.0.113.2", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "::1", false)]
    public void Counts_ByWhatOneHolderHas(string one, string other, bool together)
    {
        Guess(one, 3);

        Assert.Equal(together ? SecretVerdict.Limited : SecretVerdict.Valid, Judge(other, right: true).Verdict);
    }

    [Fact]
    public void AFlood_FlushesTheOldestThatIsNotLockedOut_NeverALockout()
    {
        Guess("203.0.113.1", 3);
        Guess("203.0.113.2", 2);
        for (var i = 0; i < 50; i++)
        {
            Guess($"198.51.100.{i}", 1);
        }

        Assert.Equal(Limits.MaxEntries, _limiter.Count);
        Assert.Equal(SecretVerdict.Limited, Judge("203.0.113.1", right: true).Verdict);
        Assert.Equal([SecretVerdict.Wrong, SecretVerdict.Wrong], Guess("203.0.113.2", 2));
    }

    [Fact]
    public void LimitsWhoIsNew_WhenEverybodyIsLockedOut_UntilTheFirstIsNot()
    {
        for (var i = 1; i <= Limits.MaxEntries; i++)
        {
            Guess($"203.0.113.{i}", 3);
            _now += TimeSpan.FromSeconds(1);
        }

        var answer = Judge("198.51.100.1", right: true);
        Assert.Equal((SecretVerdict.Limited, Limits.Lockout - TimeSpan.FromSeconds(4)), (answer.Verdict, answer.RetryAfter!.Value));
        _now += answer.RetryAfter.Value;
        Assert.Equal(SecretVerdict.Valid, Judge("198.51.100.1", right: true).Verdict);
    }

    [Fact]
    public void TheGlobalBudget_DelaysSharedSecretsOfEverybody_AndNothingElse()
    {
        var limiter = new CredentialLimiter(new CredentialLimits { GlobalPerMinute = 60 });
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(SecretVerdict.Wrong, limiter.Judge(Key($"10.0.{i}.1"), right: false, _now).Verdict);
        }

        var held = limiter.Judge(Key("192.0.2.1"), right: true, _now);
        Assert.Equal((SecretVerdict.Limited, TimeSpan.FromSeconds(1)), (held.Verdict, held.RetryAfter!.Value));
        Assert.Equal(SecretVerdict.Valid, limiter.Judge(DeviceKey("192.0.2.1").Limit, right: true, _now).Verdict);
        Assert.Equal(SecretVerdict.Valid, limiter.Judge(Key("192.0.2.1"), right: true, _now + TimeSpan.FromSeconds(1)).Verdict);
    }

    [Fact]
    public void TheGlobalBudget_PaysForFewerLockoutsThanTheTableHolds_ByDefault()
    {
        var limits = new CredentialLimits();

        Assert.True(limits.GlobalPerMinute * (limits.Lockout.TotalMinutes + 1) / limits.MaxAttempts < limits.MaxEntries);
    }

    [Fact]
    public void LooksAtTheGuess_OnceForEachThatCounts_UnderConcurrency()
    {
        var verdicts = new System.Collections.Concurrent.ConcurrentBag<SecretVerdict>();
        Parallel.For(0, 200, _ => verdicts.Add(Judge("203.0.113.1", right: false).Verdict));

        Assert.Equal(Limits.MaxAttempts, verdicts.Count(verdict => verdict == SecretVerdict.Wrong));
    }

    private SecretVerdict[] Guess(string address, int times) => [.. Enumerable.Range(0, times).Select(_ => Judge(address, right: false).Verdict)];

    private LimitAnswer Judge(string address, bool right) => _limiter.Judge(Key(address), right, _now);

    private static LimitKey Key(string address) => new(CredentialClass.SharedSecret, AddressKey.Of(IPAddress.Parse(address)));

    private static (DeviceId Id, LimitKey Limit) DeviceKey(string address)
    {
        using var key = SigningKey.Generate();
        return (key.Public.DeviceId, new LimitKey(CredentialClass.DeviceToken, AddressKey.Of(IPAddress.Parse(address)), key.Public.DeviceId));
    }
}

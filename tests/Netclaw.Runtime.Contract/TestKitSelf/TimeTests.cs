using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace Netclaw.Runtime.Contract.TestKitSelf;

public sealed class TimeTests : TestKit
{
    public TimeTests() : base("akka.test.timefactor = 2")
    {
    }

    [Fact]
    public void Dilated_MultipliesWithTheTimeFactor() => Assert.Equal(TimeSpan.FromSeconds(2), Dilated(TimeSpan.FromSeconds(1)));

    [Fact]
    public void Within_LimitsExpectationsInside()
        => Within(TimeSpan.FromSeconds(5), () => Assert.InRange(RemainingOrDefault, TimeSpan.Zero, TimeSpan.FromSeconds(10)));

    [Fact]
    public void Within_FailsWhenTheBlockEndsTooSoon()
        => Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), () => { }));

    [Fact]
    public void Within_AnswersTheBlocksResult() => Assert.Equal(7, Within(TimeSpan.FromSeconds(5), () => 7));

    [Fact]
    public void Remaining_OutsideWithin_IsAnError() => Assert.Throws<InvalidOperationException>(() => Remaining);

    [Fact]
    public async Task WithinAsync_RestoresTheOuterLimit()
    {
        await WithinAsync(TimeSpan.FromSeconds(5), async () => await Task.Yield());
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void AwaitCondition_WaitsUntilItHolds()
    {
        var tries = 0;
        AwaitCondition(() => ++tries == 3, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, tries);
    }

    [Fact]
    public void AwaitCondition_FailsWhenTheTimeIsOver()
        => Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(1)));

    [Fact]
    public void AwaitConditionNoThrow_AnswersFalse()
        => Assert.False(AwaitConditionNoThrow(() => false, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(1)));

    [Fact]
    public async Task AwaitAssert_RepeatsUntilItHolds()
    {
        var tries = 0;
        await AwaitAssertAsync(() => Assert.Equal(3, ++tries), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, tries);
    }

    [Fact]
    public void AwaitAssert_ThrowsTheLastFailure()
        => Assert.ThrowsAny<XunitException>(() => AwaitAssert(() => Assert.Fail("never"), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(1)));
}

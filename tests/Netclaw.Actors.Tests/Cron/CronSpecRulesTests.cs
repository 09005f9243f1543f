using Netclaw.Actors.Cron;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Cron;

public sealed class CronSpecRulesTests : CronActorTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void ATimeThatIsOnlyJustPast_RunsAtOnce(int seconds)
    {
        var (spec, objection) = Complete(seconds);
        Assert.Null(objection);

        var job = Add(spec!);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        Until(() => !Job(job).Enabled);
        Assert.Equal(["tea is ready"], Texts());
    }

    [Fact]
    public void ATimeThatIsPast_IsRefused()
    {
        var objection = Complete(secondsPast: 11).Objection!;

        Assert.Equal(RefusalCode.CronScheduleInvalid, objection.Code);
        Assert.Contains("is past: it is", objection.Message, StringComparison.Ordinal);
    }

    private (CronJobSpec? Spec, CronObjection? Objection) Complete(int secondsPast) =>
        CronSpecRules.Complete(TestJobs.Reminder($"{Now.AddSeconds(-secondsPast):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}"), Now, "UTC", isNew: true);
}

using System.Globalization;
using Netclaw.Actors.Cron;

namespace Netclaw.Actors.Tests.Cron;

public sealed class CronScheduleTests
{
    private const string Berlin = "Europe/Berlin";

    private const string NewYork = "America/New_York";

    [Theory]
    [InlineData("30 2 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("*/15 2 * * *", Berlin, "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("30 2 * * *", NewYork, "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z")]
    [InlineData("30 * * * *", Berlin, "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")]
    public void RunsOnceAtTheEndOfTheGap_AHourOfItsOwn(string expression, string zone, string after, string expected) =>
        Assert.Equal(Time(expected), Cron(expression, zone).NextAfter(Time(after), "job"));

    [Theory]
    [InlineData("30 2 * * *", Berlin, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 1 * * *", NewYork, "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    [InlineData("30 * * * *", Berlin, "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")]
    public void RunsInTheFirstPass_AndInBothOnlyWhenItMeansEveryHour(string expression, string zone, string after, string first, string second)
    {
        var schedule = Cron(expression, zone);

        Assert.Equal(Time(first), schedule.NextAfter(Time(after), "job"));
        Assert.Equal(Time(second), schedule.NextAfter(Time(first), "job"));
    }

    [Theory]
    [InlineData("0 0 29 2 *", "2026-11-28T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 13 * fri", "2026-11-28T00:00:00Z", "2026-12-04T00:00:00Z")]
    [InlineData("0 0 * * 7", "2026-11-28T00:00:00Z", "2026-11-29T00:00:00Z")]
    [InlineData("*/20 5 4 * * *", "2026-11-28T04:05:20Z", "2026-11-28T04:05:40Z")]
    [InlineData("0 9 * JAN mon-FRI", "2026-11-28T00:00:00Z", "2027-01-01T09:00:00Z")]
    public void FindsTheTime_OfAnExpression(string expression, string after, string expected) =>
        Assert.Equal(Time(expected), Cron(expression, "UTC").NextAfter(Time(after), "job"));

    [Theory]
    [InlineData("60 * * * *", 0)]
    [InlineData("* * * * mon,bad", 12)]
    [InlineData("* 5-3 * * *", 2)]
    [InlineData("*/0 * * * *", 2)]
    [InlineData("1,,2 * * * *", 2)]
    [InlineData("* * * *", 7)]
    [InlineData("* * * * * * *", 12)]
    [InlineData("0 0 31 2 *", 4)]
    [InlineData("", 0)]
    public void RefusesWithThePosition_AMalformedExpression(string expression, int position)
    {
        Assert.Null(CronSchedule.Cron(expression, "UTC", TimeSpan.Zero, out var objection));
        Assert.Equal(position, objection?.Position);
    }

    [Theory]
    [InlineData("Europe/Berlim")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("")]
    public void Refuses_AnUnknownZone(string zone)
    {
        Assert.Null(CronSchedule.Cron("* * * * *", zone, TimeSpan.Zero, out var objection));
        Assert.Contains("no IANA time zone", objection?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_ATimeThatIsPastOrNow()
    {
        var now = Time("2026-11-28T00:00:00Z");

        Assert.Null(CronSchedule.At(now, now, out var objection));
        Assert.Contains("is past", objection?.Message, StringComparison.Ordinal);
        var once = CronSchedule.At(now.AddSeconds(1), now, out _);
        Assert.Equal(now.AddSeconds(1), once?.NextAfter(now, "job"));
        Assert.Null(once?.NextAfter(now.AddSeconds(1), "job"));
    }

    [Fact]
    public void CountsFromTheAnchor_AnInterval()
    {
        var anchor = Time("2026-11-28T00:00:00Z");
        var every = CronSchedule.Every(TimeSpan.FromMinutes(7), anchor, out _);

        Assert.Equal(anchor, every?.NextAfter(anchor.AddDays(-1), "job"));
        Assert.Equal(anchor.AddMinutes(7), every?.NextAfter(anchor, "job"));
        Assert.Equal(anchor.AddMinutes(14), every?.NextAfter(anchor.AddMinutes(13), "job"));
        Assert.Null(CronSchedule.Every(TimeSpan.Zero, anchor, out var objection));
        Assert.NotNull(objection);
    }

    [Fact]
    public void StaggersByTheKey_AlwaysAlike()
    {
        var stagger = TimeSpan.FromMinutes(5);
        var after = Time("2026-11-28T00:30:00Z");
        var hour = Time("2026-11-28T01:00:00Z");
        var times = Enumerable.Range(0, 100).Select(n => CronSchedule.Cron("0 * * * *", "UTC", stagger, out _)!.NextAfter(after, $"job-{n}")!.Value).ToList();

        Assert.All(times, time => Assert.InRange(time, hour, hour + stagger - TimeSpan.FromMilliseconds(1)));
        Assert.True(times.Distinct().Count() > 90);
        Assert.Equal(times[7], CronSchedule.Cron("0 * * * *", "UTC", stagger, out _)!.NextAfter(after, "job-7"));
    }

    [Theory]
    [InlineData("on-exit")]
    [InlineData("stream")]
    [InlineData("whenever")]
    public void RefusesByName_AKindThatIsNotServed(string kind) => Assert.Contains(kind, CronSchedule.Kind(kind)?.Message, StringComparison.Ordinal);

    private static CronSchedule Cron(string expression, string zone)
    {
        var schedule = CronSchedule.Cron(expression, zone, TimeSpan.Zero, out var objection);
        Assert.Null(objection);
        return schedule!;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

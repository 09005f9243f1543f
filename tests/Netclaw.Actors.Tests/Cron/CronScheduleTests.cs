using System.Globalization;
using Netclaw.Actors.Cron;
using Netclaw.Protocol;

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
    public void RunsOnceAtTheEndOfTheGap_AnHourOfItsOwn(string expression, string zone, string after, string expected) =>
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
    [InlineData("60 * * * *")]
    [InlineData("* * * * mon,bad")]
    [InlineData("*/0 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("61 * * * * *")]
    [InlineData("0 0 31 2 *")]
    [InlineData("")]
    public void RefusesInWords_AMalformedExpression(string expression)
    {
        Assert.Null(CronSchedule.Of(Spec(expression, "UTC"), out var problem));
        Assert.False(string.IsNullOrWhiteSpace(problem));
    }

    [Theory]
    [InlineData("Europe/Berlim")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("")]
    public void Refuses_AnUnknownZone(string zone)
    {
        Assert.Null(CronSchedule.Of(Spec("* * * * *", zone), out var problem));
        Assert.Contains("no IANA time zone", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ATime_ComesOnce()
    {
        var time = Time("2026-11-28T09:00:00Z");
        var once = CronSchedule.Of(new CronScheduleSpec(CronScheduleSpec.AtKind) { At = "2026-11-28T10:00:00+01:00" }, out _);

        Assert.Equal(time, once?.NextAfter(time.AddSeconds(-1), "job"));
        Assert.Null(once?.NextAfter(time, "job"));
        Assert.Null(CronSchedule.Of(new CronScheduleSpec(CronScheduleSpec.AtKind) { At = "2026-11-28T10:00:00" }, out var problem));
        Assert.Contains("is no time", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLastTimesOfAStretch_AreFoundFromItsEnd()
    {
        var from = Time("2020-01-01T00:00:00Z");
        var times = Cron("* * * * *", "UTC").Within(from, Time("2026-11-28T00:00:30Z"), 3, "job");

        Assert.Equal([Time("2026-11-27T23:58:00Z"), Time("2026-11-27T23:59:00Z"), Time("2026-11-28T00:00:00Z")], times.ToArray());
        Assert.Empty(Cron("0 0 1 1 *", "UTC").Within(Time("2026-01-01T00:00:00Z"), Time("2026-11-28T00:00:00Z"), 3, "job"));
    }

    [Fact]
    public void CountsFromTheAnchor_AnInterval()
    {
        var anchor = Time("2026-11-28T00:00:00Z");
        var every = CronSchedule.Of(Every(TimeSpan.FromMinutes(7), anchor), out _);

        Assert.Equal(anchor, every?.NextAfter(anchor.AddDays(-1), "job"));
        Assert.Equal(anchor.AddMinutes(7), every?.NextAfter(anchor, "job"));
        Assert.Equal(anchor.AddMinutes(14), every?.NextAfter(anchor.AddMinutes(13), "job"));
        Assert.Null(CronSchedule.Of(Every(TimeSpan.FromMilliseconds(999), anchor), out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void StaggersByTheKey_AlwaysAlike()
    {
        var after = Time("2026-11-28T00:30:00Z");
        var hour = Time("2026-11-28T01:00:00Z");
        var schedule = CronSchedule.Of(Spec("0 * * * *", "UTC") with { StaggerMs = 300_000 }, out _)!;
        var times = Enumerable.Range(0, 100).Select(n => schedule.NextAfter(after, $"job-{n}")!.Value).ToList();

        Assert.All(times, time => Assert.InRange(time, hour, hour.AddMinutes(5).AddMilliseconds(-1)));
        Assert.True(times.Distinct().Count() > 90);
        Assert.Equal(times[7], schedule.NextAfter(after, "job-7"));
    }

    internal static CronSchedule Cron(string expression, string zone)
    {
        var schedule = CronSchedule.Of(Spec(expression, zone), out var problem);
        Assert.Null(problem);
        return schedule!;
    }

    internal static CronScheduleSpec Every(TimeSpan interval, DateTimeOffset anchor) =>
        new(CronScheduleSpec.EveryKind) { EveryMs = (long)interval.TotalMilliseconds, AnchorMs = anchor.ToUnixTimeMilliseconds() };

    private static CronScheduleSpec Spec(string expression, string zone) => new(CronScheduleSpec.CronKind) { Expr = expression, Tz = zone };

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

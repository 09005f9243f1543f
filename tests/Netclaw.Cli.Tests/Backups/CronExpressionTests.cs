using Netclaw.Cli.Backups;

namespace Netclaw.Cli.Tests.Backups;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("17 3 * * *")]
    [InlineData("*/5 0-23/2 1,15,31 jan MON")]
    [InlineData("0,30 1-3,7 * * 0")]
    [InlineData("59 23 31 12 7")]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 31 2 1")] // the day of the week comes, whatever the day of the month
    public void Taken_IsWhatEveryCronReadsAlike(string text) => Assert.Null(CronExpression.Objection(text, out _));

    [Theory]
    [InlineData("", "five fields (minute, hour, day of the month, month, day of the week) and got none")]
    [InlineData("@daily", "and got 1")]
    [InlineData("* * * * * root", "and got 6")]
    [InlineData("60 * * * *", "'60' is no minute: *, a number from 0 to 59")]
    [InlineData("* 24 * * *", "'24' is no hour")]
    [InlineData("* * 0 * *", "'0' is no day of the month")]
    [InlineData("* * * 13 *", "'13' is no month")]
    [InlineData("* * * * 8", "'8' is no day of the week")]
    [InlineData("* * * mon *", "'mon' is no month")]
    [InlineData("5-1 * * * *", "'5-1' is no minute")]
    [InlineData("1,,2 * * * *", "'' is no minute")]
    [InlineData("*/0 * * * *", "'0' in '*/0' is no step: a number from 1 to 59")]
    [InlineData("5/10 * * * *", "'5/10' is no minute")]
    [InlineData("*/2/3 * * * *", "'*/2/3' is no minute")]
    [InlineData("-1 * * * *", "'-1' is no minute")]
    [InlineData("1- * * * *", "'1-' is no minute")]
    [InlineData("+1 * * * *", "'+1' is no minute")]
    [InlineData("% * * * *", "'%' is no minute")]
    [InlineData("* * * jan-mar *", "'jan-mar' is no month")]
    [InlineData("0 0 31 4,6 *", "no month among '4,6' has a day 31, so this never comes")]
    [InlineData("0 0 30 feb *", "so this never comes")]
    public void Refused_SaysWhichFieldAndWhatBelongsThere(string text, string objection) => Assert.Contains(objection, CronExpression.Objection(text, out _), StringComparison.Ordinal);

    [Fact]
    public void Fields_ArePartedBySingleSpaces()
    {
        Assert.Null(CronExpression.Objection(" 17\t3  * * * ", out var normal));
        Assert.Equal(CronExpression.Daily, normal);
    }
}

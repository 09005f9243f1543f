using System.Globalization;
using Netclaw.Cli.Cron;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Cron;

public sealed class JobRequestTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 31, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("20m", "2030-01-31T08:20:00.000Z")]
    [InlineData("+1.5h", "2030-01-31T09:30:00.000Z")]
    [InlineData("2030-02-01T09:00:00+01:00", "2030-02-01T08:00:00.000Z")]
    [InlineData("2030-02-01T09:00-05:00", "2030-02-01T14:00:00.000Z")]
    [InlineData("2030-02-01 09:00Z", "2030-02-01T09:00:00.000Z")]
    [InlineData("2030-02-01T09:00:00.250Z", "2030-02-01T09:00:00.250Z")]
    public void ATime_WithAnOffsetOrFromNow_IsTakenAsWritten(string typed, string taken) => Assert.Equal(taken, JobTime.At(typed, Now));

    [Fact]
    public void ATime_WithoutAnOffset_IsThisMachines()
    {
        var here = new DateTimeOffset(new DateTime(2030, 2, 1, 9, 0, 0, DateTimeKind.Local)).ToUniversalTime();

        Assert.Equal(here.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), JobTime.At("2030-02-01T09:00", Now));
    }

    [Theory]
    [InlineData("01/02/2030")]
    [InlineData("2030-02-01")]
    [InlineData("1 Feb 2030 09:00")]
    [InlineData("09:00")]
    [InlineData("tomorrow")]
    [InlineData("2030-02-30T09:00")]
    [InlineData("-5m")]
    [InlineData("")]
    public void ATime_ThatMayMeanTwoThingsOrNone_IsRefused_WithTheFormsThatAreTaken(string typed)
    {
        var refused = Assert.Throws<CommandFailure>(() => JobTime.At(typed, Now));

        Assert.Contains("2030-01-31T09:00:00+01:00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stagger_AndAnnounce_ComeToTheGatewayAsTyped()
    {
        var spec = new JobRequest { Cron = "0 9 * * *", Zone = "Europe/Berlin", Stagger = "10m", Announce = true, Remind = "tea" }.ToSpec(Now);

        Assert.Equal(("Europe/Berlin", 600_000L, CronDeliverySpec.Announce), (spec.Schedule.Tz, spec.Schedule.StaggerMs, spec.Delivery!.Mode));
    }
}

using Netclaw.Actors.Cron;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Cron.TestJobs;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>Pages of jobs and runs, and how much of a history is kept.</summary>
public sealed class CronQueriesTests
{
    private readonly TestJobs _jobs = new();

    [Theory]
    [InlineData(0, 3, true, 3)]
    [InlineData(3, 3, true, 6)]
    [InlineData(6, 1, false, null)]
    [InlineData(7, 0, false, null)]
    public void APageOfJobs_SaysWhereTheNextOneBegins(int offset, int rows, bool more, int? next)
    {
        for (var number = 1; number <= 7; number++)
        {
            _jobs.Add(number, Command());
        }

        var page = CronQueries.List(_jobs.State, new CronListParams { Offset = offset, Limit = 3 });
        Assert.Equal((rows, 7, offset, 3, more, next, "7"), (page.Jobs.Length, page.Total, page.Offset, page.Limit, page.HasMore, page.NextOffset, page.SnapshotRevision));
    }

    [Fact]
    public void PagesOfRuns_HoldEachRunOnce_TheLatestFirst()
    {
        _jobs.Add(1, Command());
        Run(5);

        var first = CronQueries.Runs(_jobs.State, new CronRunsParams { Limit = 3 }, Id(1));
        var second = CronQueries.Runs(_jobs.State, new CronRunsParams { Limit = 3, Offset = first.NextOffset }, Id(1));
        Assert.Equal((5, true, 3, 5, false, null), (first.Total, first.HasMore, first.NextOffset, second.Total, second.HasMore, second.NextOffset));
        Assert.Equal([5, 4, 3, 2, 1], first.Entries.Concat(second.Entries).Select(entry => int.Parse(entry.RunId!.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void AHistory_KeepsTheLatestTwoHundredRuns()
    {
        _jobs.Add(1, Command());
        Run(205);

        Assert.Equal((200, 6L, 205L), (_jobs[1].History.Length, _jobs[1].History[0].Number, _jobs[1].History[^1].Number));
    }

    [Fact]
    public void DisabledJobs_AreListed_WhenTheyAreAskedFor()
    {
        _jobs.Add(1, Command());
        _jobs.Add(2, Command() with { Enabled = false });

        Assert.Equal((1, 2, 1), (
            CronQueries.List(_jobs.State, new CronListParams()).Total, CronQueries.List(_jobs.State, new CronListParams { IncludeDisabled = true }).Total,
            CronQueries.List(_jobs.State, new CronListParams { Enabled = "disabled" }).Total));
    }

    private void Run(int times)
    {
        for (var run = 0; run < times; run++)
        {
            _jobs.Tick(TimeSpan.FromMinutes(1));
            _jobs.End(1, CronStatus.Ok);
        }
    }
}

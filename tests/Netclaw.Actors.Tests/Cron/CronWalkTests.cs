using Netclaw.Actors.Cron;
using Netclaw.Protocol;
using Xunit.Abstractions;
using static Netclaw.Actors.Tests.Cron.TestJobs;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>Whatever happens to jobs, in any order, with crashes in between.</summary>
public sealed class CronWalkTests(ITestOutputHelper output)
{
    private static readonly string[] CatchUps = [CronPolicySpec.Once, CronPolicySpec.Skip, CronPolicySpec.All];
    private static readonly string[] Overlaps = [CronPolicySpec.Skip, CronPolicySpec.Queue, CronPolicySpec.Parallel];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20301128)]
    public void NoTimeIsRunTwice_NoNumberIsGivenTwice_AndNothingDueIsForgotten(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var jobs = new TestJobs();
        for (var number = 1; number <= 9; number++)
        {
            jobs.Add(number, Command(
                new CronPolicySpec { CatchUp = CatchUps[number % 3], Overlap = Overlaps[number / 3 % 3], Retries = random.Next(3), RetryBackoffMs = 1000, DisableAfter = 0 },
                CronScheduleTests.Every(TimeSpan.FromSeconds(random.Next(1, 90)), Start.AddSeconds(random.Next(60)))));
        }

        for (var step = 0; step < 3000; step++)
        {
            Step(jobs, random);
            Assert.Equal(jobs.State.Jobs.Values.Count(job => job.NextAt is not null), jobs.State.Agenda.Count);
            Assert.All(jobs.State.Jobs.Values, job => Assert.True(job.NextAt is not null || job.Running.Length > 0, $"seed {seed}, step {step}: {job.Id} waits for nothing"));
        }

        var claims = jobs.Journal.OfType<CronEvent.Claimed>().ToArray();
        Assert.True(claims.Length > 500, $"seed {seed}: only {claims.Length} runs");
        Assert.Equal(claims.Length, claims.DistinctBy(claim => (claim.Job, claim.Number)).Count());
        var due = claims.Where(claim => claim.Cause == CronCause.Due).ToArray();
        Assert.Equal(due.Length, due.DistinctBy(claim => (claim.Job, claim.DueAt)).Count());
        Assert.All(claims, claim => Assert.True(claim.DueAt <= claim.At || claim.Cause == CronCause.Retry, $"seed {seed}: {claim}"));
    }

    private static void Step(TestJobs jobs, Random random)
    {
        var running = jobs.State.Jobs.Values.Where(job => job.Running.Length > 0).ToArray();
        switch (random.Next(12))
        {
            case < 6:
                jobs.Tick(TimeSpan.FromSeconds(random.Next(0, 40)));
                break;
            case < 10 when running.Length > 0:
                var job = running[random.Next(running.Length)];
                jobs.End(int.Parse(job.Id.ToString()["job_".Length..], System.Globalization.CultureInfo.InvariantCulture), random.Next(3) == 0 ? CronStatus.Error : CronStatus.Ok);
                break;
            case 10 when random.Next(10) == 0:
                jobs.Crash(TimeSpan.FromSeconds(random.Next(0, 4000)));
                break;
            case 11 when random.Next(10) == 0:
                jobs.Tick(TimeSpan.FromSeconds(-random.Next(0, 200)));
                break;
        }
    }
}

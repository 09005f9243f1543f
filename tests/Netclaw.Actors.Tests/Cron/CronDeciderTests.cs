using System.Collections.Immutable;
using Netclaw.Actors.Cron;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Cron.TestJobs;

namespace Netclaw.Actors.Tests.Cron;

public sealed class CronDeciderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestJobs _jobs = new();

    [Fact]
    public void AJob_IsClaimedAtItsTime_AndNotAgainForTheSame()
    {
        _jobs.Add(1, Command());
        Assert.Empty(_jobs.Tick(Minute - TimeSpan.FromSeconds(1)));

        var claimed = Assert.IsType<CronEvent.Claimed>(Assert.Single(_jobs.Tick(TimeSpan.FromSeconds(1))));
        Assert.Equal((1L, Start + Minute), (claimed.Number, claimed.DueAt));
        Assert.Empty(_jobs.Tick(TimeSpan.Zero));
        _jobs.End(1, CronStatus.Ok);
        Assert.Empty(_jobs.Tick(TimeSpan.Zero));
        Assert.Equal(Start + 2 * Minute, _jobs[1].NextAt);
    }

    [Fact]
    public void AClockThatIsSetBack_RunsNothingTwice()
    {
        _jobs.Add(1, Command());
        _jobs.Tick(Minute);
        _jobs.End(1, CronStatus.Ok);

        Assert.Empty(_jobs.Tick(-Minute));
        Assert.Empty(_jobs.Tick(Minute));
        Assert.Single(_jobs.Tick(Minute));
    }

    [Theory]
    [InlineData(CronPolicySpec.Once, 1, 0)]
    [InlineData(CronPolicySpec.Skip, 0, 1)]
    [InlineData(CronPolicySpec.All, 4, 0)]
    public void TimesMissedWhileItWasDown_AreCaughtUpAsThePolicySays(string policy, int runs, int skips)
    {
        _jobs.Add(1, Command(new CronPolicySpec { CatchUp = policy, CatchUpMost = 4 }));
        _jobs.Crash(TimeSpan.FromMinutes(100) + TimeSpan.FromSeconds(61.5));
        var (ran, skipped) = (0, 0);
        for (var events = _jobs.Tick(TimeSpan.Zero); events.Length > 0 && ran < 20; events = _jobs.Tick(TimeSpan.Zero))
        {
            skipped += events.Count(happened => happened is CronEvent.Skipped);
            if (events.Any(happened => happened is CronEvent.Claimed))
            {
                ran++;
                _jobs.End(1, CronStatus.Ok);
            }
        }

        // The latest time is a second and a half old: it is no missed one, whatever the policy.
        Assert.Equal(policy == CronPolicySpec.Skip ? (1, 0) : (runs, skips), (ran, skipped));
        Assert.True(_jobs[1].NextAt > _jobs.Now);
    }

    [Fact]
    public void TimesThatAreAllTooOld_AreSkipped_AndTheHistorySaysSo()
    {
        _jobs.Add(1, Command(new CronPolicySpec { CatchUp = CronPolicySpec.Skip }, CronScheduleTests.Every(TimeSpan.FromHours(1), Start.AddHours(1))));

        Assert.IsType<CronEvent.Skipped>(Assert.Single(_jobs.Tick(TimeSpan.FromHours(5.5))));
        Assert.Equal(CronStatus.Skipped, Assert.Single(_jobs[1].History).Outcome.Status);
        Assert.Equal(Start.AddHours(6), _jobs[1].NextAt);
    }

    [Theory]
    [InlineData(CronPolicySpec.Skip, 1)]
    [InlineData(CronPolicySpec.Queue, 4)]
    public void TimesThatComeWhileItRuns_AreLeftOutOrQueued(string overlap, int runs)
    {
        _jobs.Add(1, Command(new CronPolicySpec { Overlap = overlap }));
        _jobs.Tick(Minute);
        for (var minute = 0; minute < 3; minute++)
        {
            Assert.Empty(_jobs.Tick(Minute));
        }

        var ran = 0;
        do
        {
            ran++;
            _jobs.End(1, CronStatus.Ok);
        }
        while (_jobs.Tick(TimeSpan.Zero).Length > 0 && ran < 10);
        Assert.Equal(runs, ran);
    }

    [Fact]
    public void RunsThatMayOverlap_RunSideBySide()
    {
        _jobs.Add(1, Command(new CronPolicySpec { Overlap = CronPolicySpec.Parallel }));
        _jobs.Tick(Minute);
        _jobs.Tick(Minute);

        Assert.Equal(2, _jobs[1].Running.Length);
    }

    [Fact]
    public void AFailedRun_IsTriedAgainAfterGrowingWaits_UnderTheSameFire_AndThenItIsOver()
    {
        _jobs.Add(1, Command(new CronPolicySpec { Retries = 2, RetryBackoffMs = 1000 }));
        _jobs.Tick(Minute);
        _jobs.End(1, CronStatus.Error);
        Assert.Empty(_jobs.Tick(TimeSpan.FromMilliseconds(999)));
        var second = Assert.IsType<CronEvent.Claimed>(Assert.Single(_jobs.Tick(TimeSpan.FromMilliseconds(1))));
        Assert.Equal((2L, 1L, 1, CronCause.Retry), (second.Number, second.Fire, second.Attempt, second.Cause));
        _jobs.End(1, CronStatus.Error);
        Assert.Single(_jobs.Tick(TimeSpan.FromSeconds(2)));
        Assert.Equal(0, _jobs[1].Failures);

        _jobs.End(1, CronStatus.Error);
        Assert.Equal((1, null), (_jobs[1].Failures, _jobs[1].Retry));
    }

    [Fact]
    public void ARegularTimeBeforeTheRetry_CountsTheFailure_AndTheJobIsDisabled()
    {
        var interval = TimeSpan.FromSeconds(10);
        _jobs.Add(1, Command(new CronPolicySpec { Retries = 1, RetryBackoffMs = 30_000, DisableAfter = 2 }, CronScheduleTests.Every(interval, Start + interval)));
        _jobs.Tick(interval);
        _jobs.End(1, CronStatus.Error);
        Assert.Equal((1, null), (_jobs[1].Failures, _jobs[1].Retry));

        _jobs.Tick(interval);
        Assert.Contains(_jobs.End(1, CronStatus.Error), happened => happened is CronEvent.Disabled { Failures: 2 });
    }

    [Fact]
    public void AMinutesReminder_ThatAlwaysFails_IsDisabledAfterTenOfItsTimes()
    {
        _jobs.Add(1, Reminder("") with { Schedule = CronScheduleTests.Every(Minute, Start + Minute) });
        for (var step = 0; step < 120 && _jobs[1].Enabled; step++)
        {
            foreach (var _ in _jobs.Tick(TimeSpan.FromSeconds(30)))
            {
                _jobs.End(1, CronStatus.Error);
            }
        }

        Assert.Equal((false, 10), (_jobs[1].Enabled, _jobs[1].Disabling?.Failures));
        Assert.Equal(10, _jobs.Journal.OfType<CronEvent.Claimed>().DistinctBy(claim => claim.Fire).Count());
        Assert.Contains(_jobs.Journal, happened => happened is CronEvent.Claimed { Cause: CronCause.Retry });
    }

    [Fact]
    public void ASecondFailure_BesideARetryThatWaits_CountsAtOnce_AndTheRetryStays()
    {
        var interval = TimeSpan.FromSeconds(10);
        _jobs.Add(1, Command(new CronPolicySpec { Overlap = CronPolicySpec.Parallel, Retries = 1, RetryBackoffMs = 5000 }, CronScheduleTests.Every(interval, Start + interval)));
        _jobs.Tick(interval);
        _jobs.Tick(interval);

        _jobs.End(1, CronStatus.Error);
        Assert.Equal((0, 1L), (_jobs[1].Failures, _jobs[1].Retry!.Fire));
        _jobs.End(1, CronStatus.Error);
        Assert.Equal((1, 1L), (_jobs[1].Failures, _jobs[1].Retry!.Fire));
    }

    [Fact]
    public void FailuresInARow_DisableTheJob_AndEnablingItBeginsAnew()
    {
        _jobs.Add(1, Command(new CronPolicySpec { DisableAfter = 2 }));
        _jobs.Tick(Minute);
        Assert.DoesNotContain(_jobs.End(1, CronStatus.Error), happened => happened is CronEvent.Disabled);
        _jobs.Tick(Minute);
        Assert.Contains(_jobs.End(1, CronStatus.Error), happened => happened is CronEvent.Disabled { Failures: 2 });
        Assert.Null(_jobs[1].NextAt);

        _jobs.Now += TimeSpan.FromHours(1);
        _jobs.Do(new CronCommand.Update(1, _jobs.Now, Id(1), Owner, _jobs[1].Spec with { Enabled = true }, _jobs[1].Revision));
        Assert.Equal((0, null, true), (_jobs[1].Failures, _jobs[1].Disabling, _jobs[1].NextAt > _jobs.Now));
    }

    [Fact]
    public void ARunThatACrashCutOff_IsLost_AndNotRunAgain_UnlessThePolicySaysSo()
    {
        _jobs.Add(1, Command());
        _jobs.Add(2, Command(new CronPolicySpec { Retries = 1, RetryLost = true }));
        _jobs.Tick(Minute);

        _jobs.Crash(TimeSpan.FromSeconds(10));
        Assert.Equal(CronStatus.Lost, Assert.Single(_jobs[1].History).Outcome.Status);
        Assert.Equal((null, true), (_jobs[1].Retry, _jobs[2].Retry is { Attempt: 1 }));
        Assert.Empty(_jobs.Tick(TimeSpan.Zero));
    }

    [Fact]
    public void AReminderThatACrashCutOff_IsTakenUpAgain_UnderItsName()
    {
        _jobs.Add(1, Reminder("2030-01-01T00:01:00Z"));
        _jobs.Tick(Minute);

        Assert.Empty(_jobs.Crash(TimeSpan.FromSeconds(10)));
        var (job, run) = Assert.Single(CronDecider.Resumed(_jobs.State));
        Assert.Equal((Id(1), 1L), (job.Id, run.Fire));
        _jobs.End(1, CronStatus.Ok);
        Assert.False(_jobs[1].Enabled);
    }

    [Fact]
    public void AnUpdateForAnotherRevision_AndAJobThatIsNotThere_AreRefused()
    {
        _jobs.Add(1, Command());

        Assert.Equal(RefusalCode.CronJobChanged, Assert.IsType<CronReply.Refused>(_jobs.Do(new CronCommand.Update(1, _jobs.Now, Id(1), Owner, Command(), 7))).Code);
        Assert.Equal(RefusalCode.CronJobNotFound, Assert.IsType<CronReply.Refused>(_jobs.Do(new CronCommand.Run(1, _jobs.Now, Id(9), CronRunParams.Force))).Code);
        Assert.False(Assert.IsType<CronReply.Removed>(_jobs.Do(new CronCommand.Remove(1, _jobs.Now, Id(9)))).WasThere);
    }

    [Fact]
    public void OneMoreThanTheGatewayTakes_IsRefused()
    {
        _jobs.Add(1, Command());
        var full = new CronState(Enumerable.Range(0, CronState.MostJobs).ToImmutableDictionary(Id, _ => _jobs[1]), [], 0);

        var (events, reply) = CronDecider.Decide(new CronCommand.Add(1, Start, CronJobId.New(), Owner, Command()), full);
        Assert.Empty(events);
        Assert.Equal(RefusalCode.CronJobsFull, Assert.IsType<CronReply.Refused>(reply).Code);
    }

    [Fact]
    public void ARunThatIsAskedFor_IsNotBegunWhileOneRuns()
    {
        _jobs.Add(1, Command());

        Assert.Equal($"{Id(1)}-1", Assert.IsType<CronReply.Started>(_jobs.Do(new CronCommand.Run(1, _jobs.Now, Id(1), CronRunParams.Force))).RunId);
        Assert.Equal("already-running", Assert.IsType<CronReply.NotStarted>(_jobs.Do(new CronCommand.Run(1, _jobs.Now, Id(1), CronRunParams.Force))).Reason);
        _jobs.End(1, CronStatus.Ok);
        Assert.Equal("not-due", Assert.IsType<CronReply.NotStarted>(_jobs.Do(new CronCommand.Run(1, _jobs.Now, Id(1), CronRunParams.Due))).Reason);
    }

    [Fact]
    public void AJobThatGoesAfterItsRun_IsGone_WhenThatWasGood()
    {
        _jobs.Add(1, Reminder("2030-01-01T00:01:00Z") with { DeleteAfterRun = true });
        _jobs.Tick(Minute);

        Assert.Contains(_jobs.End(1, CronStatus.Ok), happened => happened is CronEvent.Removed);
        Assert.Empty(_jobs.State.Jobs);
        Assert.Null(_jobs.State.NextAt);
    }
}

using Netclaw.Actors.Cron;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>Downtime, crashes, runs that take too long, and runs that fail.</summary>
public sealed class CronTroubleTests : CronActorTest
{
    [Theory]
    [InlineData(CronPolicySpec.Once, 1, 0)]
    [InlineData(CronPolicySpec.Skip, 0, 1)]
    [InlineData(CronPolicySpec.All, 3, 0)]
    public async Task TimesMissedWhileItWasDown_AreMadeUpForAsThePolicySays(string catchUp, int runs, int skips)
    {
        var job = Add(TestJobs.Command(new CronPolicySpec { CatchUp = catchUp, CatchUpMost = 3 }, CronScheduleTests.Every(TimeSpan.FromHours(1), Now.AddHours(1))));

        Restart(TimeSpan.FromHours(10.5));

        for (var run = 1; run <= runs; run++)
        {
            Exit(job, await StartedAsync(run), 0);
        }

        Until(() => Job(job).History.Length == runs + skips);
        Settle();
        Assert.Equal(runs, Programs.Starts.Count);
        Assert.Equal(skips, Job(job).History.Count(entry => entry.Outcome.Status == CronStatus.Skipped));
        Assert.Equal(Now.AddHours(0.5), Job(job).NextAt);
    }

    [Fact]
    public async Task ARunThatWasUnderWay_IsLost_AndNoRestartBeginsItAgain()
    {
        var job = Add(EachMinute());
        Clock.Advance(Minute);
        await StartedAsync(1);

        Restart(TimeSpan.FromSeconds(1));
        Until(() => Job(job).History.Length == 1);
        Restart(TimeSpan.FromSeconds(1));
        Settle();

        Assert.Equal(CronStatus.Lost, Assert.Single(Job(job).History).Outcome.Status);
        Assert.Single(Programs.Starts);
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(2), 0);
    }

    [Fact]
    public async Task AJobThatIsAskedForBeforeOwnersAreKnown_RunsOnce_AndIsNotTakenForOneThatWasCutOff()
    {
        var job = Add(EachMinute());
        Ready = false;
        Restart();
        TellCron(id => new CronCommand.Run(id, Now, job, CronRunParams.Force));
        Clock.Advance(Minute); // looks for owners again, and is due
        Assert.Empty(Programs.Starts);

        Ready = true;
        Clock.Advance(Minute / 2);
        Asker.ExpectMsg<CronReply.Started>(Longest);
        Exit(job, await StartedAsync(1), 0);

        Assert.Equal(CronStatus.Ok, Job(job).History[0].Outcome.Status);
        Assert.DoesNotContain(Job(job).History, run => run.Outcome.Status == CronStatus.Lost);
    }

    [Fact]
    public void WhatIsAskedForBeforeOwnersAreKnown_IsRefused_WhenTheJournalFails()
    {
        var job = Add(EachMinute());
        Ready = false;
        Restart();
        TellCron(id => new CronCommand.Run(id, Now, job, CronRunParams.Force));
        Asker.ExpectNoMsg(TimeSpan.Zero);

        Journal.Report(new JournalFailure(JournalFailureKind.WriteFailed, "devices", 7, "the disk is gone", Now));
        Clock.Advance(Minute);

        Assert.Equal(RefusalCode.JournalUnavailable, Asker.ExpectMsg<CronReply.Refused>(Longest).Code);
        Assert.Empty(Programs.Starts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AReminder_IsSaidOnce_ThoughTheDaemonDiesBeforeItsEndIsWritten(bool saidBefore)
    {
        var job = Add(TestJobs.Reminder($"{Now + Minute:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        if (saidBefore)
        {
            Append("tea is ready", $"{job}-1");
        }

        Mute = true; // claimed, and nothing of it is known to the jobs' actor any more
        Clock.Advance(Minute);
        Until(() => Job(job).Running.Length == 1);
        Mute = false;
        Restart();
        Until(() => Job(job).History.Length == 1);
        Restart();
        Settle();

        Assert.Equal(["tea is ready"], Texts());
        Assert.Equal(CronStatus.Ok, Assert.Single(Job(job).History).Outcome.Status);
    }

    [Fact]
    public async Task WhatCameOfARun_IsAnnouncedOnce_AlsoAcrossARestart()
    {
        var job = Add(EachMinute() with { Delivery = new CronDeliverySpec(CronDeliverySpec.Announce) });
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(1), 0, "all green");
        Assert.Equal(["tidy: all green"], Texts());

        Restart();
        Settle();
        Assert.Equal(["tidy: all green"], Texts());
    }

    [Fact]
    public void ARunThatACrashCutOff_IsAnnouncedAsLost_UnlessItsResultWasToldAlready()
    {
        var announced = new CronDeliverySpec(CronDeliverySpec.Announce);
        var (silent, told) = (Add(EachMinute() with { Name = "silent", Delivery = announced }), Add(EachMinute() with { Name = "told", Delivery = announced }));
        Clock.Advance(Minute);
        Until(() => Programs.Starts.Count == 2);
        Append("told: all green", $"{told}-1-told");

        Restart();
        Until(() => Job(silent).History.Length == 1 && Job(told).History.Length == 1);
        Restart();
        Settle();

        Assert.Equal(["told: all green", "silent: The daemon went down while it ran; what it did is not known"], Texts());
        Assert.All([silent, told], job => Assert.Equal((CronStatus.Lost, true), (Job(job).History[0].Outcome.Status, Job(job).History[0].Outcome.Delivered)));
    }

    [Fact]
    public async Task TimesThatComeWhileItRuns_AreLeftOut()
    {
        var job = Add(EachMinute());
        Clock.Advance(Minute);
        var first = await StartedAsync(1);
        Clock.Advance(Minute * 3);
        Settle();
        Exit(job, first, 0);
        Settle();

        Assert.Single(Programs.Starts);
        Assert.Equal(Now + Minute, Job(job).NextAt);
    }

    [Fact]
    public async Task TimesThatComeWhileItRuns_AreQueued_WhenThePolicySaysSo()
    {
        var job = Add(EachMinute(new CronPolicySpec { Overlap = CronPolicySpec.Queue }));
        Clock.Advance(Minute);
        var first = await StartedAsync(1);
        Clock.Advance(Minute * 2);
        Settle();
        Assert.Single(Programs.Starts);

        Exit(job, first, 0);
        Exit(job, await StartedAsync(2), 0);
        Exit(job, await StartedAsync(3), 0);
        Settle();
        Assert.Equal((3, Now + Minute), (Programs.Starts.Count, Job(job).NextAt));
    }

    [Fact]
    public async Task TimesThatComeWhileItRuns_RunBesideIt_WhenThePolicySaysSo()
    {
        var job = Add(EachMinute(new CronPolicySpec { Overlap = CronPolicySpec.Parallel }));
        Clock.Advance(Minute);
        await StartedAsync(1);
        Clock.Advance(Minute);
        await StartedAsync(2);

        Assert.Equal(2, Job(job).Running.Length);
    }

    [Fact]
    public async Task AFailedRun_IsTriedAgain_AfterWaitsThatDouble()
    {
        var job = Add(EachMinute(new CronPolicySpec { Retries = 2, RetryBackoffMs = 1000 }));
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(1), 1);
        Clock.Advance(TimeSpan.FromMilliseconds(999));
        Settle();
        Assert.Single(Programs.Starts);

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Exit(job, await StartedAsync(2), 1);
        Clock.Advance(TimeSpan.FromMilliseconds(1999));
        Settle();
        Assert.Equal(2, Programs.Starts.Count);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Exit(job, await StartedAsync(3), 0);

        Assert.Equal((0, null), (Job(job).Failures, Job(job).Retry));
    }

    [Fact]
    public async Task ARetry_IsWaitedForAcrossARestart()
    {
        var job = Add(TestJobs.Command(new CronPolicySpec { Retries = 1, RetryBackoffMs = 30_000 }, CronScheduleTests.Every(TimeSpan.FromHours(1), Now + Minute)));
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(1), 1);

        Restart(TimeSpan.FromSeconds(10));
        Settle();
        Assert.Single(Programs.Starts);
        Clock.Advance(TimeSpan.FromSeconds(20));
        await StartedAsync(2);
        Assert.Equal(CronCause.Retry, Assert.Single(Job(job).Running).Cause);
    }

    [Fact]
    public async Task FailuresInARow_DisableTheJob_UntilSomebodyEnablesIt()
    {
        var job = Add(EachMinute(new CronPolicySpec { DisableAfter = 2 }));
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(1), 1);
        Assert.True(Job(job).Enabled);
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(2), 1);
        Until(() => !Job(job).Enabled);
        Assert.Equal((CronAutoDisabled.Failures, 2), (Job(job).Disabling!.Reason, Job(job).Disabling!.Failures));

        Restart(Minute * 5);
        Settle();
        Assert.Equal(2, Programs.Starts.Count);
        AskCron<CronReply.Changed>(id => new CronCommand.Update(id, Now, job, TestJobs.Owner, Job(job).Spec with { Enabled = true }, Job(job).Revision));
        Assert.Equal((0, null, true), (Job(job).Failures, Job(job).Disabling, Job(job).NextAt > Now));
    }
}

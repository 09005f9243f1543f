using Netclaw.Actors.Cron;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>When jobs run, and what they do then.</summary>
public sealed class CronActorTests : CronActorTest
{
    [Fact]
    public async Task Every_RunsAtEachOfItsTimes()
    {
        var job = Add(EachMinute());
        Clock.Advance(Minute - TimeSpan.FromSeconds(1));
        Settle();
        Assert.Empty(Programs.Starts);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Exit(job, await StartedAsync(1), 0, "one");
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(2), 0, "two");

        Assert.Equal([(1L, "one"), (2L, "two")], Job(job).History.Select(entry => (entry.Number, entry.Outcome.Summary!)));
    }

    [Fact]
    public void At_SaysItOnce_AndTheJobIsDoneWith()
    {
        var job = Add(TestJobs.Reminder($"{Now + Minute:yyyy-MM-dd'T'HH:mm:ss'Z'}"));
        Clock.Advance(Minute);

        Until(() => !Job(job).Enabled);
        Clock.Advance(TimeSpan.FromHours(1));
        Settle();
        Assert.Equal(["tea is ready"], Texts());
        Assert.Equal(CronStatus.Ok, Assert.Single(Job(job).History).Outcome.Status);
    }

    [Fact]
    public async Task Cron_RunsByTheClockOfItsZone()
    {
        var job = Add(TestJobs.Command(schedule: new CronScheduleSpec(CronScheduleSpec.CronKind) { Expr = "0 9 * * *", Tz = "Europe/Berlin" }));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), Job(job).NextAt);

        Clock.Advance(TimeSpan.FromHours(20));
        Exit(job, await StartedAsync(1), 0);

        Assert.Equal(new DateTimeOffset(2026, 3, 3, 8, 0, 0, TimeSpan.Zero), Job(job).NextAt);
    }

    [Fact]
    public void Stagger_PutsEachJobAtAPartOfItsOwn_WhichARestartDoesNotChange()
    {
        var spec = TestJobs.Command(schedule: new CronScheduleSpec(CronScheduleSpec.CronKind) { Expr = "0 13 * * *", Tz = "UTC", StaggerMs = 600_000 });
        var jobs = Enumerable.Range(0, 8).Select(_ => Add(spec)).ToArray();
        var times = jobs.Select(job => Job(job).NextAt!.Value).ToArray();
        var hour = new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero);

        Assert.All(times, time => Assert.InRange(time, hour, hour.AddMinutes(10)));
        Assert.True(times.Distinct().Count() > 1);
        Restart();
        Assert.Equal(times, jobs.Select(job => Job(job).NextAt!.Value));
    }

    [Fact]
    public async Task OnExit_RunsEachTimeTheWatchedLineHasEnded_AndWatchesAgain()
    {
        var job = Add(TestJobs.Command(schedule: new CronScheduleSpec(CronScheduleSpec.OnExitKind) { Command = "wait-for-it" }));
        var watched = await StartedAsync(1);
        Assert.Equal(["/bin/sh", "-c", "wait-for-it"], watched.Start.Argv.AsEnumerable());
        Assert.Empty(watched.Start.Environment);

        watched.Exit(3);
        var run = await StartedAsync(2);
        Assert.Equal(["/bin/true"], run.Start.Argv.AsEnumerable());
        Assert.Equal(CronCause.Exit, Assert.Single(Job(job).Running).Cause);
        Exit(job, run, 0);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("wait-for-it", (await StartedAsync(3)).Start.Argv[2]);
    }

    [Fact]
    public async Task OnExit_OfALineThatIsNotStarted_RunsNothing_SaysWhy_AndIsTriedLaterEachTime()
    {
        var job = Add(TestJobs.Command(schedule: new CronScheduleSpec(CronScheduleSpec.OnExitKind) { Command = "wait-for-it" }));
        (await StartedAsync(1)).End(new ChildEnd(null, false, false, "", "", "there is no such user"));
        Until(() => CronForms.Of(Job(job)).Netclaw!.Problem is not null);
        Assert.Equal("there is no such user", CronForms.Of(Job(job)).Netclaw!.Problem);
        Assert.Empty(Job(job).Running);

        Clock.Advance(TimeSpan.FromSeconds(1));
        (await StartedAsync(2)).End(new ChildEnd(null, false, false, "", "", "there is no such user"));
        Until(() => CronForms.Of(Job(job)).Netclaw!.Problem is not null);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Settle();
        Assert.Equal((2, 0L), (Programs.Starts.Count, Job(job).LastNumber));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await StartedAsync(3);
        Assert.Null(CronForms.Of(Job(job)).Netclaw!.Problem);
    }

    [Fact]
    public void OnExit_InADirectoryThatIsNotAllowed_StartsNothing_AndSaysWhy()
    {
        var job = Add(TestJobs.Command(schedule: new CronScheduleSpec(CronScheduleSpec.OnExitKind) { Command = "wait-for-it", Cwd = "/etc" }));

        Until(() => CronForms.Of(Job(job)).Netclaw!.Problem is not null);
        Assert.Contains("/etc is outside of /work (spawn.roots)", CronForms.Of(Job(job)).Netclaw!.Problem, StringComparison.Ordinal);
        Assert.Empty(Programs.Starts);
    }

    [Fact]
    public async Task AgentTurn_IsAnsweredInTheJobsConversation_WithTheRightsOfItsOwner()
    {
        May = ScopeSet.ReadWrite;
        var job = Add(EachMinute() with { SessionTarget = CronJobSpec.Isolated, Payload = new CronPayloadSpec(CronPayloadSpec.AgentTurnKind) { Message = "what is new?" } });
        Clock.Advance(Minute);
        Until(() => Agents.Started == 1);
        var turn = (await NextTurnAsync()).Turn;
        Assert.Equal(("what is new?", ConversationKey.OfJob(job.ToString()), ScopeSet.ReadWrite, "control:uid=1000"), (turn.Prompt, turn.Conversation, turn.Grant.Scopes, turn.Grant.Subject));
    }

    [Fact]
    public async Task AgentTurn_EndsTheRun_WithWhatTheAgentSaid()
    {
        var job = Add(EachMinute() with { Payload = new CronPayloadSpec(CronPayloadSpec.AgentTurnKind) { Message = "what is new?" } });
        Clock.Advance(Minute);
        Until(() => Agents.Started == 1);
        (await NextTurnAsync()).Answer("nothing");

        Until(() => Job(job).History.Length == 1);
        Assert.Equal((CronStatus.Ok, "nothing"), (Job(job).History[0].Outcome.Status, Job(job).History[0].Outcome.Summary));
        Assert.Equal(["what is new?", "nothing"], Texts());
    }

    [Fact]
    public async Task ACommand_HasACredentialOfItsOwn_WhileItRuns()
    {
        var job = Add(EachMinute());
        Clock.Advance(Minute);
        var program = await StartedAsync(1);
        var variables = program.Start.Environment;
        var token = new Secret(variables["NETCLAW_TOKEN"]);
        var (verdict, grant) = Credentials.Verify(token);

        Assert.Equal((SpawnVerdict.Valid, ScopeSet.ReadWrite, variables["NETCLAW_RUN_ID"]), (verdict, grant!.Scopes, grant.Run.ToString()));
        Assert.Equal(("unix:/home/owner/run/control.sock", "/work"), (variables["NETCLAW_URL"], program.Start.Directory));
        Exit(job, program, 0);
        Assert.Equal(SpawnVerdict.Expired, Credentials.Verify(token).Verdict);
    }

    [Fact]
    public async Task ACommand_IsLentWhatTheJobAsksFor_AndNeverMoreThanItsOwnerMayNow()
    {
        var reading = Add(EachMinute() with { Scopes = ScopeSet.Parse(["read"], out _) });
        Clock.Advance(Minute);
        var program = await StartedAsync(1);
        Assert.Equal("operator.read", Credentials.Verify(new Secret(program.Start.Environment["NETCLAW_TOKEN"])).Grant!.Scopes.ToString());
        Exit(reading, program, 0);
        AskCron<CronReply.Removed>(id => new CronCommand.Remove(id, Now, reading));

        var bare = Add(EachMinute() with { Scopes = ScopeSet.Empty });
        Clock.Advance(Minute);
        var without = await StartedAsync(2);
        Assert.Empty(without.Start.Environment);
        Exit(bare, without, 0);

        Assert.Equal(new ScopeSet(Scope.Read | Scope.Write | Scope.Talk), CronPrograms.Lent(EachMinute() with { Scopes = ScopeSet.All }, ScopeSet.ReadWrite));
    }

    [Fact]
    public async Task ACredential_IsRevoked_WhenTheJobIsRemovedWhileItRuns()
    {
        var job = Add(EachMinute());
        Clock.Advance(Minute);
        var program = await StartedAsync(1);
        var token = new Secret(program.Start.Environment["NETCLAW_TOKEN"]);

        AskCron<CronReply.Removed>(id => new CronCommand.Remove(id, Now, job));

        Assert.True((await program.Ended.WaitAsync(Longest)).Cancelled);
        Until(() => Credentials.Verify(token).Verdict == SpawnVerdict.Revoked);
    }

    [Fact]
    public void ACommandOfSomebodyWhoMayNotAnyMore_IsNotStarted_AndOneOutsideOfTheRootsNeither()
    {
        var outside = Add(EachMinute() with { Payload = TestJobs.Command().Payload with { Cwd = "/etc" } });
        Clock.Advance(Minute);
        Until(() => Job(outside).History.Length == 1);
        Assert.Contains("/etc is outside of /work (spawn.roots)", Job(outside).History[0].Outcome.Error, StringComparison.Ordinal);

        May = ScopeSet.ReadWrite;
        var narrowed = Add(EachMinute());
        Clock.Advance(Minute);
        Until(() => Job(narrowed).History.Length == 1);
        Assert.Contains("may not do this any more", Job(narrowed).History[0].Outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Programs.Starts);
    }

    [Fact]
    public void AJobOfWhomNothingIsAllowedAnyMore_StartsNothing_AndIsDisabledAfterTenOfItsTimes()
    {
        var job = Add(EachMinute());
        May = null;
        for (var time = 1; time <= 10; time++)
        {
            Clock.Advance(Minute);
            Until(() => Job(job).History.Length == time);
        }

        Assert.Equal((false, CronAutoDisabled.Failures), (Job(job).Enabled, Job(job).Disabling!.Reason));
        Assert.All(Job(job).History, entry => Assert.Contains("may not do this any more", entry.Outcome.Error, StringComparison.Ordinal));
        Assert.Empty(Programs.Starts);
    }

    [Fact]
    public void AReminderOfSomebodyWhoMayNotAnyMore_IsNotTriedAgain_AndCountsAtOnce()
    {
        var job = Add(TestJobs.Reminder("") with { Schedule = CronScheduleTests.Every(TimeSpan.FromHours(1), Now + Minute) });
        May = null;
        Clock.Advance(Minute);
        Until(() => Job(job).History.Length == 1);

        Assert.Equal((1, null), (Job(job).Failures, Job(job).Retry));
    }

    [Fact]
    public async Task WhatCameOfARun_IsPosted_WithTheIdOfTheRun()
    {
        var job = Add(EachMinute() with { Delivery = new CronDeliverySpec(CronDeliverySpec.Webhook) { To = "https://example.org/hook" } });
        Clock.Advance(Minute);
        Exit(job, await StartedAsync(1), 1);

        var (address, id, body) = Assert.Single(Hooks.Posted);
        Assert.Equal(("https://example.org/hook", $"{job}-1"), (address.ToString(), id));
        Assert.Contains("\"status\":\"error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("NETCLAW_TOKEN", body, StringComparison.Ordinal);
        Assert.True(Job(job).History[0].Outcome.Delivered);
    }
}

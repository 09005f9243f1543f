using Netclaw.Actors.Spawning;
using Netclaw.Protocol;
using Xunit.Abstractions;
using static Netclaw.Actors.Tests.Spawning.TestRuns;

namespace Netclaw.Actors.Tests.Spawning;

public sealed class SpawnDeciderTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds => [1, 2, 3, 20260301, 777];

    [Fact]
    public void Starts_AtOnce_WhatHasRoom()
    {
        var runs = new TestRuns();

        var accepted = Assert.IsType<RunReply.Accepted>(runs.Spawn(Plan(1)));

        Assert.Equal((0, true, 1), (accepted.Position, accepted.Run.IsRunning, accepted.Run.Plan.Depth));
        Assert.Equal([typeof(RunEvent.Accepted), typeof(RunEvent.Started)], runs.Journal.Select(happened => happened.GetType()));
    }

    [Fact]
    public void LetsWait_WhatIsOneTooMany_AndStartsItWhenThereIsRoom_InOrder()
    {
        var runs = new TestRuns(new SpawnLimits { PerParent = 1 });
        runs.Spawn(Plan(1));

        Assert.Equal(1, Assert.IsType<RunReply.Accepted>(runs.Spawn(Plan(2))).Position);
        Assert.Equal(2, Assert.IsType<RunReply.Accepted>(runs.Spawn(Plan(3))).Position);
        Assert.Equal(0, Assert.IsType<RunReply.Accepted>(runs.Spawn(Plan(4, subject: "berta"))).Position);
        runs.End(Id(1));

        Assert.True(runs.State.Find(Id(2))!.IsRunning);
        Assert.Equal(1, runs.State.PositionOf(runs.State.Find(Id(3))!));
    }

    [Fact]
    public void Refuses_WhatTheQueueHasNoRoomFor()
    {
        var runs = new TestRuns(new SpawnLimits { Total = 1, Queue = 1 });
        runs.Spawn(Plan(1));
        runs.Spawn(Plan(2));

        Assert.Equal(RefusalCode.SpawnQueueFull, Assert.IsType<RunReply.Refused>(runs.Spawn(Plan(3))).Code);
        Assert.Null(runs.State.Find(Id(3)));
    }

    [Fact]
    public void Refuses_RunsThatAreTooDeep()
    {
        var shallow = new TestRuns();
        shallow.Spawn(Plan(1));
        Assert.Equal(RefusalCode.SpawnTooDeep, Assert.IsType<RunReply.Refused>(shallow.Spawn(Plan(2, Id(1)))).Code);

        var deep = new TestRuns(new SpawnLimits { MaxDepth = 2 });
        deep.Spawn(Plan(1));
        Assert.Equal(2, deep.Spawned(Plan(2, Id(1))).Plan.Depth);
        Assert.Equal(RefusalCode.SpawnTooDeep, Assert.IsType<RunReply.Refused>(deep.Spawn(Plan(3, Id(2)))).Code);
    }

    [Fact]
    public void StartsNothing_ForARunThatIsOver()
    {
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 5 });
        runs.Spawn(Plan(1));
        runs.End(Id(1));

        Assert.Equal(RefusalCode.SpawnCredentialRevoked, Assert.IsType<RunReply.Refused>(runs.Spawn(Plan(2, Id(1)))).Code);
    }

    [Fact]
    public void ToldTheCommandOfAJob_ThatItStartsNothing_AndNotThatItIsOver()
    {
        var refused = Assert.IsType<RunReply.Refused>(new TestRuns(new SpawnLimits { MaxDepth = 5 }).Spawn(Plan(2, Id(9))));

        Assert.Equal((RefusalCode.SpawnNotForJobs, $"{Id(9)} is the command of a scheduled job, and such a command starts no runs"), (refused.Code, refused.Message));
    }

    [Fact]
    public void TellsTheConversationOfWhoStartedIt_WhereNothingElseIsSaid()
    {
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 3 });
        var main = ConversationKey.MainOf("main");
        var child = ConversationKey.SubagentOf("main", Guid.Empty);
        runs.Spawn(Plan(1, announce: main) with { Work = new RunWork.Turn(null, "count", child, false) });

        Assert.Equal(child, runs.Spawned(Plan(2, Id(1))).Plan.Announce);
        Assert.Equal(child, runs.Spawned(Plan(3, Id(2))).Plan.Announce);
        Assert.Null(runs.Spawned(Plan(4)).Plan.Announce);
    }

    [Fact]
    public void CancelsTheWholeTree_AndNothingElse()
    {
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 3, PerParent = 1 });
        runs.Spawn(Plan(1));
        runs.Spawn(Plan(2, Id(1)));
        runs.Spawn(Plan(3, Id(2)));
        runs.Spawn(Plan(4, Id(1)));
        runs.Spawn(Plan(5, subject: "berta"));

        var cancelled = Assert.IsType<RunReply.Cancelled>(runs.Do((id, now) => new RunCommand.Cancel(id, now, Id(1), null, "anna")));

        Assert.Equal([Id(1), Id(2), Id(4), Id(3)], cancelled.Ended.AsEnumerable());
        Assert.All(cancelled.Ended, id => Assert.Equal(RunVerdict.Cancelled, runs.State.Find(id)!.End!.Verdict));
        Assert.Null(runs.State.Find(Id(4))!.StartedAt);
        Assert.True(runs.State.Find(Id(5))!.IsRunning);
        Assert.Empty(Assert.IsType<RunReply.Cancelled>(runs.Do((id, now) => new RunCommand.Cancel(id, now, Id(1), null, "anna"))).Ended);
    }

    [Fact]
    public void ARunCancels_WhatItStarted_AndNeitherItselfNorOthers()
    {
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 3 });
        runs.Spawn(Plan(1));
        runs.Spawn(Plan(2, Id(1)));
        runs.Spawn(Plan(3));

        Assert.Equal(RefusalCode.UnknownRun, Refusal(Id(1)));
        Assert.Equal(RefusalCode.UnknownRun, Refusal(Id(3)));
        Assert.Equal(RefusalCode.UnknownRun, Refusal(Id(9)));
        Assert.IsType<RunReply.Cancelled>(runs.Do((id, now) => new RunCommand.Cancel(id, now, Id(2), Id(1), "run")));

        RefusalCode Refusal(RunId run) => Assert.IsType<RunReply.Refused>(runs.Do((id, now) => new RunCommand.Cancel(id, now, run, Id(1), "run"))).Code;
    }

    [Fact]
    public void CancelsWhatAConversationStarted_WithItsTrees_AndNothingElse()
    {
        var (main, child) = (ConversationKey.MainOf("main"), ConversationKey.SubagentOf("main", Guid.Empty));
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 3 });
        runs.Spawn(Plan(1, announce: main) with { Work = new RunWork.Turn(null, "count", child, false) });
        runs.Spawn(Plan(2, Id(1)));
        runs.Spawn(Plan(3, announce: main));
        runs.Spawn(Plan(4, announce: ConversationKey.MainOf("bob")));
        runs.Spawn(Plan(5));
        runs.Spawn(Plan(6, announce: main));
        runs.End(Id(6));

        var cancelled = Assert.IsType<RunReply.Cancelled>(runs.Do((id, now) => new RunCommand.CancelOf(id, now, main, Gone: false, null, "anna")));

        Assert.Equal([Id(1), Id(2), Id(3)], cancelled.Ended.AsEnumerable());
        Assert.Equal([Id(1), Id(2), Id(3), Id(6)], runs.State.InOrder.Where(run => run.OwesWord).Select(run => run.Id));
        Assert.Equal([Id(4), Id(5)], runs.State.Running.OrderBy(run => run.Number).Select(run => run.Id));
        Assert.Empty(Assert.IsType<RunReply.Cancelled>(runs.Do((id, now) => new RunCommand.CancelOf(id, now, main, Gone: false, null, "anna"))).Ended);
    }

    [Fact]
    public void AConversationThatIsGone_IsNotTold_WhatIsCancelledForIt()
    {
        var (main, child) = (ConversationKey.MainOf("main"), ConversationKey.SubagentOf("main", Guid.Empty));
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 3 });
        runs.Spawn(Plan(1, announce: main) with { Work = new RunWork.Turn(null, "count", child, false) });
        runs.Spawn(Plan(2, Id(1)));

        runs.Do((id, now) => new RunCommand.CancelOf(id, now, main, Gone: true, null, "anna"));

        Assert.All(runs.State.Runs.Values, run => Assert.Equal(RunVerdict.Cancelled, run.End!.Verdict));
        Assert.Equal(Id(2), Assert.Single(runs.State.Runs.Values, run => run.OwesWord).Id); // to the conversation of the first, which is there
    }

    [Fact]
    public void ARunThatEndsAConversation_CancelsThereWhatItStarted_AndNothingOfOthers()
    {
        var main = ConversationKey.MainOf("main");
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 3 });
        runs.Spawn(Plan(1, announce: main));
        runs.Spawn(Plan(2, Id(1), announce: main));
        runs.Spawn(Plan(3, Id(2)));
        runs.Spawn(Plan(4, announce: main));

        var cancelled = Assert.IsType<RunReply.Cancelled>(runs.Do((id, now) => new RunCommand.CancelOf(id, now, main, Gone: false, Id(1), "run")));

        Assert.Equal([Id(2), Id(3)], cancelled.Ended.AsEnumerable());
    }

    [Fact]
    public void WhatIsOver_IsKnownForAsLongAs_SomethingThatItStartedIsAlive()
    {
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 3, PerParent = 1000, Total = 1000 });
        runs.Spawn(Plan(1));
        runs.Spawn(Plan(2, Id(1)));
        runs.Spawn(Plan(3, Id(2)));
        runs.End(Id(2));
        for (var number = 10; number < 10 + (2 * RunsState.MostKept); number++)
        {
            runs.Spawn(Plan(number));
            runs.End(Id(number));
        }

        Assert.InRange(runs.State.Runs.Count, RunsState.MostKept, RunsState.MostKept + 1);
        var cancelled = Assert.IsType<RunReply.Cancelled>(runs.Do((id, now) => new RunCommand.Cancel(id, now, Id(1), null, "anna")));

        Assert.Equal([Id(1), Id(3)], cancelled.Ended.AsEnumerable());
        runs.Spawn(Plan(8));
        runs.Spawn(Plan(9));
        Assert.Null(runs.State.Find(Id(2)));
    }

    [Fact]
    public void AnEndThatComesAfterTheCancellation_ChangesNothing()
    {
        var runs = new TestRuns();
        runs.Spawn(Plan(1));
        runs.Do((id, now) => new RunCommand.Cancel(id, now, Id(1), null, "anna"));
        var before = runs.Journal.Count;

        runs.End(Id(1));

        Assert.Equal(before, runs.Journal.Count);
    }

    [Fact]
    public void AfterARestart_WhatRanIsLost_WhatWaitedForItGoes_AndOthersBegin()
    {
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 2, PerParent = 1 });
        runs.Spawn(Plan(1));
        runs.Spawn(Plan(2, Id(1)));
        runs.Spawn(Plan(3, Id(1)));
        runs.Spawn(Plan(4));

        runs.Do((_, now) => new RunCommand.TakeUp(now));

        Assert.Equal(RunVerdict.Lost, runs.State.Find(Id(1))!.End!.Verdict);
        Assert.Equal(RunVerdict.Lost, runs.State.Find(Id(2))!.End!.Verdict);
        Assert.Equal(RunVerdict.Cancelled, runs.State.Find(Id(3))!.End!.Verdict);
        Assert.True(runs.State.Find(Id(4))!.IsRunning);
    }

    [Fact]
    public void IsToldOnce_AndOwedUntilThen()
    {
        var runs = new TestRuns();
        runs.Spawn(Plan(1, announce: ConversationKey.MainOf("main")));
        Assert.False(runs.State.Find(Id(1))!.OwesWord);
        runs.End(Id(1));
        Assert.True(runs.State.Find(Id(1))!.OwesWord);

        runs.Do((_, now) => new RunCommand.NoteAnnounced(now, Id(1)));
        runs.Do((_, now) => new RunCommand.NoteAnnounced(now, Id(1)));

        Assert.False(runs.State.Find(Id(1))!.OwesWord);
        Assert.Single(runs.Journal.OfType<RunEvent.Announced>());
    }

    [Fact]
    public void AConversationThatIsNotToBeKept_GoesOnce_WhenAllThatWasStartedInItIsTold()
    {
        var (main, child) = (ConversationKey.MainOf("main"), ConversationKey.SubagentOf("main", Guid.Empty));
        var runs = new TestRuns(new SpawnLimits { MaxDepth = 2 });
        runs.Spawn(Plan(1, announce: main) with { Work = new RunWork.Turn(null, "count", child, false), Keep = false });
        runs.Spawn(Plan(2, Id(1)));
        runs.End(Id(1));
        Assert.Empty(runs.State.ToTidy);
        runs.Do((_, now) => new RunCommand.NoteAnnounced(now, Id(1)));
        Assert.Empty(runs.State.ToTidy);
        runs.End(Id(2));
        Assert.Empty(runs.State.ToTidy);
        runs.Do((_, now) => new RunCommand.NoteAnnounced(now, Id(2)));
        Assert.Equal(Id(1), Assert.Single(runs.State.ToTidy).Id);

        runs.Do((_, now) => new RunCommand.NoteTidied(now, Id(1)));
        runs.Do((_, now) => new RunCommand.NoteTidied(now, Id(1)));
        runs.Do((_, now) => new RunCommand.NoteTidied(now, Id(2)));

        Assert.Empty(runs.State.ToTidy);
        Assert.Single(runs.Journal.OfType<RunEvent.Tidied>());
    }

    [Fact]
    public void AProgram_AndWhatIsToBeKept_AreNotTidied()
    {
        var runs = new TestRuns();
        runs.Spawn(Plan(1) with { Keep = false });
        runs.Spawn(Plan(2) with { Work = new RunWork.Turn(null, "count", ConversationKey.SubagentOf("main", Guid.Empty), false) });
        runs.End(Id(1));
        runs.End(Id(2));

        Assert.Empty(runs.State.ToTidy);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void KeepsItsPromises_WhateverIsAsked(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var options = new SpawnLimits { MaxDepth = 3, PerParent = 2, Total = 5, Queue = 8 };
        var runs = new TestRuns(options);
        var known = 0;
        for (var step = 0; step < 3000; step++)
        {
            runs.Now += TimeSpan.FromMilliseconds(random.Next(1, 5000));
            var alive = runs.State.InOrder.Where(run => run.IsAlive).ToArray();
            var some = alive.Length > 0 && random.Next(4) > 0 ? alive[random.Next(alive.Length)].Id : Id(random.Next(1, known + 2));
            switch (random.Next(6))
            {
                case 0 or 1: runs.Spawn(Plan(++known, random.Next(2) == 0 ? some : null, "anna berta".Split(' ')[random.Next(2)], random.Next(2) == 0 ? ConversationKey.MainOf("main") : null)); break;
                case 2: runs.Do((id, now) => new RunCommand.Cancel(id, now, some, null, "anna")); break;
                case 3: runs.Do((_, now) => new RunCommand.NoteAnnounced(now, some)); break;
                case 4 when random.Next(50) == 0: runs.Do((_, now) => new RunCommand.TakeUp(now)); break;
                default: runs.End(some, (RunVerdict)random.Next(3)); break;
            }

            Assert.True(runs.State.Running.Count() <= options.Total);
            Assert.All(runs.State.Running.CountBy(run => run.Plan.Family), family => Assert.True(family.Value <= options.PerParent));
            Assert.True(runs.State.Runs.Values.Count(run => run.Waits) <= options.Queue);
            Assert.All(runs.State.Runs.Values, run => Assert.InRange(run.Plan.Depth, 1, options.MaxDepth));
            Assert.DoesNotContain(runs.State.Runs.Values, run => run.Waits && Startable(run));
        }

        Assert.All(runs.Journal.GroupBy(happened => happened.Run), one => Assert.All(one.CountBy(happened => happened.GetType()), kind => Assert.Equal(1, kind.Value)));
        Assert.True(runs.Journal.OfType<RunEvent.Ended>().Count() > 100, "the walk must get somewhere");
        Assert.Equal(runs.State.InOrder, runs.Journal.Aggregate(RunsState.Empty, (state, happened) => state.Apply(happened)).InOrder);

        bool Startable(Run run) => runs.State.Running.Count() < options.Total && runs.State.Running.Count(other => other.Plan.Family == run.Plan.Family) < options.PerParent;
    }
}

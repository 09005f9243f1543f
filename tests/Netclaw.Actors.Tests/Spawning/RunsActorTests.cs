using Akka.Actor;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Spawning;
using Netclaw.Actors.Tests.Conversations;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Spawning;

/// <summary>Runs beside real conversations, on a real SQLite journal.</summary>
public sealed class RunsActorTests : ConversationActorTest
{
    private readonly JournalKeys _keys = JournalKeys.Generate();
    private readonly ScriptedPrograms _programs = new();
    private SpawnCredentials _credentials = null!;
    private IActorRef _runs = ActorRefs.Nobody;
    private int _number;

    // Where the actor of runs takes a conversation's part to be while a test holds it.
    private IActorRef? _held;

    public RunsActorTests() => Begin();

    [Fact]
    public async Task AProgram_GetsACredentialOfItsOwn_ThatEndsWithIt()
    {
        var run = Spawn(TestRuns.Plan(1));
        var program = await _programs.NextAsync();
        var token = new Secret(program.Start.Environment["NETCLAW_TOKEN"]);

        Assert.Equal((run.ToString(), "unix:/home/owner/run/control.sock", "/work"), (program.Start.Environment["NETCLAW_RUN_ID"], program.Start.Environment["NETCLAW_URL"], program.Start.Directory));
        Assert.Equal((SpawnVerdict.Valid, run), (_credentials.Verify(token).Verdict, _credentials.Verify(token).Grant!.Run));

        program.Exit(3, "no");
        var over = Over(run);

        Assert.Equal((RunVerdict.Failed, 3, "no"), (over.End!.Verdict, over.End.ExitCode!.Value, over.End.Output));
        Assert.Equal(SpawnVerdict.Expired, _credentials.Verify(token).Verdict);
    }

    [Fact]
    public async Task Cancelling_EndsTheProgram_AndRevokesItsCredential()
    {
        var run = Spawn(TestRuns.Plan(1));
        var program = await _programs.NextAsync();

        Assert.Equal(run, Assert.Single(AskRuns<RunReply.Cancelled>(id => new RunCommand.Cancel(id, Now, run, null, "anna")).Ended));

        Assert.True((await program.Ended.WaitAsync(Longest)).Cancelled);
        Assert.Equal(SpawnVerdict.Revoked, _credentials.Verify(new Secret(program.Start.Environment["NETCLAW_TOKEN"])).Verdict);
        Assert.Equal(RunVerdict.Cancelled, Over(run).End!.Verdict);
    }

    [Fact]
    public async Task TheEnd_IsToldToTheConversation_Once_AlsoAcrossARestart()
    {
        var run = Spawn(TestRuns.Plan(1, announce: Main) with { Label = "build" });
        (await _programs.NextAsync()).Exit(0, "all green\n");
        Announced(run);
        Assert.Equal([$"Run {run} (build) is done after 0.0 s.\nall green"], Texts());

        Restart();

        Announced(run);
        Assert.Single(Texts());
    }

    [Fact]
    public async Task WhatRanWhenTheDaemonWentDown_IsLost_ToldSo_AndNeverStartedAgain()
    {
        var run = Spawn(TestRuns.Plan(1, announce: Main));
        await _programs.NextAsync();

        Restart();

        Assert.Equal(RunVerdict.Lost, Over(run).End!.Verdict);
        Announced(run);
        Assert.Contains("was lost", Assert.Single(Texts()), StringComparison.Ordinal);
        Assert.Single(_programs.Starts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnEndThatWasNotNotedAsTold_IsToldOnce_AfterARestart(bool told)
    {
        var run = Spawn(TestRuns.Plan(1, announce: Main));
        var conversations = Hold();
        (await _programs.NextAsync()).Exit(0, "all green");
        var append = conversations.ExpectMsg<ConversationCommand.Append>(Longest);
        if (told)
        {
            Conversations.Tell(append, Asker.Ref);
            Asker.ExpectMsg<ConversationReply.Appended>(Longest);
        }

        Restart();

        Announced(run);
        Assert.EndsWith("all green", Assert.Single(Texts()), StringComparison.Ordinal);
        Assert.Equal(RunVerdict.Done, Over(run).End!.Verdict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AConversation_IsKept_OrGoesWhenItsEndWasTold(bool keep)
    {
        var child = ConversationKey.SubagentOf("main", Guid.Empty);
        var run = Spawn(ATask(child) with { Keep = keep });
        (await NextTurnAsync()).Answer("seven");

        Announced(run);
        AwaitCondition(() => Find(run).OwesTidying == false, Longest);
        Assert.Equal((keep, !keep), (Rows.Current!.ContainsKey(child), Find(run).Tidied));
        Assert.EndsWith("seven", Assert.Single(Texts()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasCancelled_AndNotToBeKept_GoesToo()
    {
        var child = ConversationKey.SubagentOf("main", Guid.Empty);
        var run = Spawn(ATask(child) with { Keep = false });
        var turn = await NextTurnAsync();

        AskRuns<RunReply.Cancelled>(id => new RunCommand.Cancel(id, Now, run, null, "anna"));

        await turn.StoppingAsync();
        AwaitCondition(() => Find(run).Tidied, Longest);
        Assert.DoesNotContain(child, Rows.Current!.Keys);
    }

    [Fact]
    public async Task ARestart_BetweenTheEndAndTheTidying_TidiesAllTheSame()
    {
        var child = ConversationKey.SubagentOf("main", Guid.Empty);
        var run = Spawn(ATask(child) with { Keep = false });
        var turn = await NextTurnAsync();
        var conversations = Hold();
        turn.Answer("seven");
        Conversations.Tell(conversations.ExpectMsg<ConversationCommand.Append>(Longest), _runs);
        conversations.ExpectMsg<ConversationCommand.Delete>(Longest);
        Assert.Contains(child, Rows.Current!.Keys);

        Restart();

        AwaitCondition(() => Find(run).Tidied, Longest);
        Assert.DoesNotContain(child, Rows.Current!.Keys);
        Assert.Single(Texts());
    }

    [Fact]
    public async Task ATask_IsAnsweredInAConversationOfItsOwn()
    {
        var child = ConversationKey.SubagentOf("main", Guid.Empty);
        var run = Spawn(TestRuns.Plan(1, announce: Main) with { Work = new RunWork.Turn(null, "count", child, false) });
        var turn = await NextTurnAsync();

        Assert.Equal(("count", child, run), (turn.Turn.Prompt, turn.Turn.Conversation, turn.Turn.Grant.Run!.Value));
        Assert.Equal(SpawnVerdict.Valid, _credentials.Verify(turn.Turn.Grant.Credential).Verdict);
        turn.Answer("seven");

        Assert.Equal("seven", Over(run).End!.Output);
        Announced(run);
        Assert.EndsWith("seven", Assert.Single(Texts()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellingATask_CancelsItsTurn()
    {
        var run = Spawn(TestRuns.Plan(1) with { Work = new RunWork.Turn(null, "count", ConversationKey.SubagentOf("main", Guid.Empty), false) });
        var turn = await NextTurnAsync();

        AskRuns<RunReply.Cancelled>(id => new RunCommand.Cancel(id, Now, run, null, "anna"));

        await turn.StoppingAsync();
    }

    [Fact]
    public void ATask_ThatNobodyCanAnswer_Fails_WithTheReason()
    {
        var run = Spawn(TestRuns.Plan(1) with { Work = new RunWork.Turn("nobody", "count", ConversationKey.SubagentOf("nobody", Guid.Empty), false) });

        var over = Over(run);

        Assert.Equal(RunVerdict.Failed, over.End!.Verdict);
        Assert.NotNull(over.End.Problem);
    }

    [Fact]
    public void AProgramOutsideOfTheRoots_Fails_WithTheReason()
    {
        var run = Spawn(TestRuns.Plan(1) with { Work = new RunWork.Program(["true"], "/etc") });

        Assert.Equal("/etc is outside of /work (spawn.roots)", Over(run).End!.Problem);
        Assert.Empty(_programs.Starts);
    }

    [Fact]
    public async Task AnAnnouncementThatIsRefused_IsTriedAfterWaitsThatDouble_UpToTenMinutes_AndToldOnce()
    {
        var run = Spawn(TestRuns.Plan(1, announce: Main));
        var conversations = Hold();
        (await _programs.NextAsync()).Exit(0, "all green");
        foreach (var seconds in (int[])[5, 10, 20, 40, 80, 160, 320, 600, 600])
        {
            Refuse(conversations, RefusalCode.ConversationsFull);
            Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            conversations.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Conversations.Tell(conversations.ExpectMsg<ConversationCommand.Append>(Longest), _runs);

        Announced(run);
        Assert.EndsWith("all green", Assert.Single(Texts()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnnouncementToAConversationThatIsGone_IsNotTriedAgain()
    {
        var run = Spawn(TestRuns.Plan(1, announce: Main));
        var conversations = Hold();
        (await _programs.NextAsync()).Exit(0, "all green");

        Refuse(conversations, RefusalCode.ConversationNotFound);

        Announced(run);
        Clock.Advance(TimeSpan.FromHours(1));
        conversations.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    /// <summary>Waits until the refusal was heeded, too.</summary>
    private void Refuse(TestProbe conversations, RefusalCode code)
    {
        var append = conversations.ExpectMsg<ConversationCommand.Append>(Longest);
        _runs.Tell(new ConversationReply.Refused(append.CommandId, code, "not now"), conversations.Ref);
        AskRuns<RunReply.Seen>(id => new RunCommand.Look(id, Now));
    }

    private static RunPlan ATask(ConversationKey child) => TestRuns.Plan(1, announce: Main) with { Work = new RunWork.Turn(null, "count", child, false) };

    /// <summary>From here on nothing reaches the conversations, until the next restart.</summary>
    private TestProbe Hold()
    {
        var probe = CreateTestProbe();
        _held = probe.Ref;
        return probe;
    }

    private void Begin()
    {
        Start();
        _credentials = new SpawnCredentials(Clock, Live);
        _runs = Sys.ActorOf(RunsActor.Props(new SpawnParts
        {
            Journal = new JournalParts { Keys = _keys, Health = Journal, Time = Clock }, Options = new SpawnLimits { MaxDepth = 2 }, Programs = _programs, Credentials = _credentials,
            Place = new OneSpawnPlace(), Conversations = () => _held ?? Conversations, Live = Live, Log = NullLogger.Instance,
        }), $"runs-{++_number}");
        Watch(_runs);
    }

    private void Restart()
    {
        Sys.Stop(_runs);
        ExpectTerminated(_runs, Longest);
        Crash();
        _held = null;
        Begin();
    }

    private RunId Spawn(RunPlan plan) => AskRuns<RunReply.Accepted>(id => new RunCommand.Spawn(id, Now, plan)).Run.Id;

    private Run Over(RunId run) => AskRuns<RunReply.Over>(id => new RunCommand.Await(id, Now, run)).Run;

    private void Announced(RunId run) => AwaitCondition(() => Find(run) is { End: not null, OwesWord: false }, Longest);

    private Run Find(RunId run) => AskRuns<RunReply.Seen>(id => new RunCommand.Look(id, Now)).State.Find(run)!;

    private T AskRuns<T>(Func<long, RunCommand> command) where T : RunReply
    {
        _runs.Tell(command(++_number), Asker.Ref);
        return Asker.ExpectMsg<T>(Longest);
    }
}

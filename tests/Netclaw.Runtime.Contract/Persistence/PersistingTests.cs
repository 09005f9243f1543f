using Akka.Actor;

namespace Netclaw.Runtime.Contract.Persistence;

public sealed class PersistingTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Kinds => JournalHost.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Commands_WaitBetweenPersistAndItsHandler(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.Put("one")));
        ledger.Tell("two");
        ledger.Tell(new Do(me => me.Put("three")));
        ledger.Tell("four");

        await protocol.Expect("handled one #1", "command two", "handled three #2", "command four");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Order_IsKept_WhenCommandsPersistAgainAndAgain(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        for (var i = 1; i <= 200; i++)
        {
            var text = $"e{i}";
            ledger.Tell(new Do(me => me.Put(text)));
            ledger.Tell($"c{i}");
        }

        for (var i = 1; i <= 200; i++)
        {
            await protocol.Expect($"handled e{i} #{i}", $"command c{i}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task PersistAll_HandlesEachEventInOrder_BeforeTheNextCommand(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.PutAll("a", "b", "c")));
        ledger.Tell("next");

        await protocol.Expect("handled a #1", "handled b #2", "handled c #3", "command next");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task EmptyPersistAll_NeverCallsItsHandler_AndHoldsNothingUp(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.PutAll()));
        ledger.Tell("next");

        await protocol.Expect("command next");
        protocol.ExpectNoMore();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task PersistInAHandler_IsHandledBeforeTheNextCommand(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.Persist(new Noted("outer"), _ =>
        {
            me.Note("outer");
            me.Put("inner");
        })));
        ledger.Tell("next");

        await protocol.Expect("outer", "handled inner #2", "command next");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Handlers_AnswerTheSenderOfTheirCommand(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, _) = await Started(host);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ledger.Ask<string>(
            new Do(me => me.Persist(new Noted($"{i}"), e => me.Asker.Tell($"answer {e.Text}"))), Longest)));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"answer {i}"), answers);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task PersistAsyncAndDeferAsync_RunTheirHandlersInOrder(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me =>
        {
            me.PersistAsync(new Noted("a"), e => me.Note($"async {e.Text} #{me.LastSequenceNr}"));
            me.DeferAsync("d", d => me.Note($"deferred {d}"));
            me.PersistAllAsync([new Noted("b"), new Noted("c")], e => me.Note($"async {e.Text} #{me.LastSequenceNr}"));
            me.DeferAsync("e", d => me.Note($"deferred {d}"));
        }));

        await protocol.Expect("async a #1", "deferred d", "async b #2", "async c #3", "deferred e");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task DeferAsync_RunsAtOnce_WhenNothingIsUnderWay(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me =>
        {
            me.DeferAsync("now", d => me.Note(d));
            me.Note("after");
        }));

        await protocol.Expect("now", "after");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task AsynchronousCommands_MayPersist_AndTheNextCommandWaits(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        ledger.Tell(new DoAsync(async me =>
        {
            me.Note("before");
            await gate.Task;
            me.Put("later");
            me.Note("asked");
        }));
        ledger.Tell("next");
        await protocol.Expect("before");
        protocol.ExpectNoMore();
        gate.SetResult();

        await protocol.Expect("asked", "handled later #1", "command next");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task StopInAHandler_ComesBeforeTheNextHandler(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.PersistAll([new Noted("a"), new Noted("b")], e =>
        {
            me.Note(e.Text);
            me.StopSelf();
        })));

        await protocol.Expect("a", "stopped");

        // Both were stored: atomic, whatever was handled.
        await Restarted(host, protocol, "recovered a #1", "recovered b #2", "completed #2");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task StashedCommands_ComeBackInOrder_AroundAPersist(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.Become(() =>
        {
            me.OnAnyText(_ => me.Stash.Stash());
            me.OnDo();
        })));
        ledger.Tell("a");
        ledger.Tell("b");
        ledger.Tell(new Do(me =>
        {
            me.Unbecome();
            me.Stash.UnstashAll();
            me.Put("between");
        }));
        ledger.Tell("c");

        await protocol.Expect("handled between #1", "command a", "command b", "command c");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Failure_OfAHandler_RestartsAndRecoversWhatWasStored(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.PersistAll([new Noted("a"), new Noted("b")], _ => throw new InvalidOperationException("handler"))));
        ledger.Tell("next");

        await protocol.Expect("stopped", "recovered a #1", "recovered b #2", "completed #2", "command next");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task ResumedActor_GoesOnWithTheNextHandler(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = new Protocol();
        var parent = host.System.ActorOf(Props.Create(() => new Forgiving(Ledger.Props("ledger", protocol))));

        parent.Tell(new Do(me => me.PersistAll([new Noted("a"), new Noted("b")], e =>
        {
            me.Note(e.Text);
            if (e.Text == "a")
            {
                throw new InvalidOperationException("handler");
            }
        })));
        parent.Tell("after");

        await protocol.Expect("completed #0", "a", "b", "command after");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task WaitingCommands_KeepTheirOrder_OverAFailure(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);

        ledger.Tell(new Do(me => me.Put("a")));
        ledger.Tell(new Do(_ => throw new InvalidOperationException("command")));
        foreach (var text in new[] { "one", "two", "three" })
        {
            ledger.Tell(text);
        }

        await protocol.Expect("handled a #1", "stopped", "recovered a #1", "completed #1", "command one", "command two", "command three");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task DeathOfAWatchedActor_IsTold_WhenItComesBetweenPersistAndHandler(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);
        var mortal = host.System.ActorOf(Props.Create<Mortal>());
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        ledger.Tell(new Do(me =>
        {
            me.WatchAnother(mortal);
            me.Put("a");
            asked.SetResult();
        }));
        ledger.Tell(new Do(me => me.Put("b")));
        await asked.Task.WaitAsync(Longest);
        await JournalHost.Stop(mortal);

        await protocol.Skip("terminated");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Numbers_HaveNoGap_OverRestarts(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host);
        ledger.Tell(new Do(me => me.PutAll("a", "b")));
        await protocol.Skip("handled b #2");
        await JournalHost.Stop(ledger);

        var again = host.System.ActorOf(Ledger.Props("ledger", protocol));
        again.Tell(new Do(me => me.Put("c")));

        await protocol.Expect("stopped", "recovered a #1", "recovered b #2", "completed #2", "handled c #3");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task ManyActors_PersistAtOnce_EachInItsOwnOrder(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocols = Enumerable.Range(0, 100).Select(_ => new Protocol()).ToArray();
        var ledgers = protocols.Select((protocol, i) => host.System.ActorOf(Ledger.Props($"ledger-{i}", protocol))).ToArray();
        for (var n = 1; n <= 20; n++)
        {
            var text = $"e{n}";
            foreach (var ledger in ledgers)
            {
                ledger.Tell(new Do(me => me.Put(text)));
            }
        }

        foreach (var protocol in protocols)
        {
            await protocol.Expect("completed #0");
            await protocol.Expect([.. Enumerable.Range(1, 20).Select(n => $"handled e{n} #{n}")]);
        }
    }

    private sealed class Mortal : ReceiveActor;

    /// <summary>Resumes its child whatever happens, and hands every message on to it.</summary>
    private sealed class Forgiving : ReceiveActor
    {
        public Forgiving(Props child)
        {
            var only = Context.ActorOf(child);
            ReceiveAny(only.Forward);
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Resume);
    }

    private static async Task<(IActorRef Ledger, Protocol Protocol)> Started(JournalHost host)
    {
        var protocol = new Protocol();
        var ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("completed #0");
        return (ledger, protocol);
    }

    private static async Task Restarted(JournalHost host, Protocol protocol, params string[] expected)
    {
        host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect(expected);
    }
}

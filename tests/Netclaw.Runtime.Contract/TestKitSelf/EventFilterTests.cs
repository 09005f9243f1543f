using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;
using Xunit.Sdk;

namespace Netclaw.Runtime.Contract.TestKitSelf;

public sealed class EventFilterTests : TestKit
{
    public EventFilterTests() : base("akka { loglevel = DEBUG, test.filter-leeway = 10s }")
    {
    }

    [Fact]
    public void ExpectOne_FindsALineByTextStartPartAndLevel()
    {
        EventFilter.Info("the whole").ExpectOne(() => Log.Info("the whole"));
        EventFilter.Warning(start: "the").ExpectOne(() => Log.Warning("the whole"));
        EventFilter.Error(contains: "whole").ExpectOne(() => Log.Error("the whole thing"));
        EventFilter.Debug(new Regex("^w.*e$", RegexOptions.NonBacktracking)).ExpectOne(() => Log.Debug("whole"));
    }

    [Fact]
    public void ExpectOne_FindsFormattedText() => EventFilter.Info("a 1").ExpectOne(() => Log.Info("a {0}", 1));

    [Fact]
    public void ExpectOne_FailsWhenNothingIsLogged()
        => Assert.ThrowsAny<XunitException>(() => EventFilter.Info("x").ExpectOne(TimeSpan.FromMilliseconds(50), () => Log.Info("y")));

    [Fact]
    public void Expect_CountsExactly() => EventFilter.Info("x").Expect(3, () =>
    {
        for (var i = 0; i < 3; i++) Log.Info("x");
    });

    [Fact]
    public async Task ExpectOneAsync_AwaitsTheAction() => await EventFilter.Info("x").ExpectOneAsync(async () =>
    {
        await Task.Yield();
        Log.Info("x");
    });

    [Fact]
    public void Exception_FindsTheFailureOfAnActor()
    {
        var actor = Sys.ActorOf(Props.Create<Breaks>());
        EventFilter.Exception<InvalidOperationException>("broken as told").ExpectOne(() => actor.Tell("break"));
    }

    [Fact]
    public void DeadLetter_FindsAMessageToAStoppedActor()
    {
        var actor = Sys.ActorOf(Props.Create<Breaks>());
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        EventFilter.DeadLetter<string>().ExpectOne(() => actor.Tell("too late"));
    }

    [Fact]
    public void And_MatchesEitherFilter() => EventFilter.Info("x").And.Warning("y").Expect(2, () =>
    {
        Log.Info("x");
        Log.Warning("y");
    });

    [Fact]
    public void Custom_MatchesByFunction()
        => EventFilter.Custom<Warning>(warning => warning.Message.ToString() == "w").ExpectOne(() => Log.Warning("w"));

    private sealed class Breaks : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("broken as told");
    }
}

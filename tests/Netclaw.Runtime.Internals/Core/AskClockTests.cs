using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Netclaw.Runtime.Internals.Core;

/// <summary>Virtual time moves timers; Asks that are under way wait by real time.</summary>
public sealed class AskClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ask_DoesNotTimeOut_WhenVirtualTimePasses()
    {
        var system = ActorSystem.Create("virtual", ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, loggers = [], scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\" }"));
        var clock = Assert.IsType<TestScheduler>(system.Scheduler);
        var silent = system.ActorOf(Props.Empty);
        var asked = silent.Ask<string>("anybody?", Patience);
        clock.Advance(Patience * 100);
        Assert.False(asked.IsCompleted);
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("anybody?", TimeSpan.FromMilliseconds(20)));
        await system.Terminate().WaitAsync(Patience);
        await Assert.ThrowsAsync<AskTimeoutException>(() => asked.WaitAsync(Patience));
    }
}

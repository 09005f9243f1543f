using System.Collections.Concurrent;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.Xunit2;

namespace Netclaw.Runtime.Contract.Shutdown;

public sealed class CoordinatedShutdownTests : TestKit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _ran = new();

    [Fact]
    public async Task CoordinatedShutdown_RunsPhasesInOrder_AndTerminatesTheSystem()
    {
        using var system = ActorSystem.Create("order");
        var shutdown = CoordinatedShutdown.Get(system);
        string[] order =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceRequestsDone,
            CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
        ];
        foreach (var phase in order.Reverse()) shutdown.AddTask(phase, phase, Ran(phase));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit);
        Assert.Equal(order, _ran);
        await system.WhenTerminated.WaitAsync(Limit);
        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task ActorsStillRun_BeforeTheLastPhase()
    {
        using var system = ActorSystem.Create("alive");
        var echo = system.ActorOf(Props.Create<TestKitSelf.Echo>());
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "ask", async () =>
        {
            _ran.Enqueue(await echo.Ask<string>("alive", Limit));
            return Done.Instance;
        });
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit);
        Assert.Equal(["alive"], _ran);
    }

    [Fact]
    public async Task Run_RunsOnce_HoweverOftenItIsCalled()
    {
        using var system = ActorSystem.Create("once");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "count", Ran("x"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance))).WaitAsync(Limit);
        Assert.Single(_ran);
    }

    [Fact]
    public async Task Terminate_GoesThroughThePhases()
    {
        using var system = ActorSystem.Create("terminate");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "stop", Ran("service-stop"));
        await system.Terminate().WaitAsync(Limit);
        Assert.Equal(["service-stop"], _ran);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task TasksOfAPhase_RunTogether()
    {
        using var system = ActorSystem.Create("together");
        var shutdown = CoordinatedShutdown.Get(system);
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "first", Meet(first, second));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "second", Meet(second, first));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit);
        Assert.Equal(2, _ran.Count);
    }

    [Fact]
    public async Task AFailedTask_IsPassedOver()
    {
        using var system = ActorSystem.Create("failed");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => Task.FromException<Done>(new InvalidOperationException("as told")));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "runs", Ran("x"));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit);
        Assert.Equal(["x"], _ran);
    }

    [Fact]
    public async Task APhaseThatDoesNotEnd_IsBounded()
    {
        using var system = Create("late", "akka.coordinated-shutdown.phases.service-unbind.timeout = 100ms");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "never", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "runs", Ran("x"));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit);
        Assert.Equal(["x"], _ran);
    }

    [Fact]
    public async Task AFailedTask_EndsTheRun_InAPhaseWithoutRecover()
    {
        using var system = Create("strict", "akka.coordinated-shutdown.phases.service-unbind.recover = off");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => Task.FromException<Done>(new InvalidOperationException("as told")));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "runs", Ran("x"));
        await Assert.ThrowsAnyAsync<Exception>(() => shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit));
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Run_FromAPhase_SkipsEarlierOnes()
    {
        using var system = ActorSystem.Create("from");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "early", Ran("early"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "late", Ran("late"));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceStop).WaitAsync(Limit);
        Assert.Equal(["late"], _ran);
    }

    [Fact]
    public async Task OwnPhases_RunWhereTheirDependenciesPutThem()
    {
        using var system = Create("own", """
            akka.coordinated-shutdown.phases {
              drain { depends-on = [service-unbind], timeout = 7s }
              service-requests-done.depends-on = [drain]
            }
            """);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "c", Ran("c"));
        shutdown.AddTask("drain", "b", Ran("b"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "a", Ran("a"));
        Assert.Equal(TimeSpan.FromSeconds(7), shutdown.Timeout("drain"));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit);
        Assert.Equal(["a", "b", "c"], _ran);
    }

    [Fact]
    public async Task AnUnknownPhase_IsAnError()
    {
        using var system = ActorSystem.Create("unknown");
        var error = Assert.ThrowsAny<Exception>(() => CoordinatedShutdown.Get(system).AddTask("no-such-phase", "x", Ran("x")));
        Assert.Contains("no-such-phase", error.Message, StringComparison.Ordinal);
        await system.Terminate().WaitAsync(Limit);
    }

    [Fact]
    public async Task TheSystemLives_WhereConfigurationSaysSo()
    {
        using var system = Create("lives", "akka.coordinated-shutdown { terminate-actor-system = off, run-by-actor-system-terminate = off }");
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Limit);
        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate().WaitAsync(Limit);
    }

    [Fact]
    public void PhasesThatDependOnEachOtherInACircle_AreAnError() => Assert.ThrowsAny<Exception>(() =>
    {
        using var system = Create("circle", "akka.coordinated-shutdown.phases.before-service-unbind.depends-on = [service-stop]");
        CoordinatedShutdown.Get(system);
    });

    [Fact]
    public void PhasesThatTerminateShouldRun_ButWhichDoNotTerminate_AreAnError() => Assert.ThrowsAny<Exception>(() =>
    {
        using var system = Create("endless", "akka.coordinated-shutdown { terminate-actor-system = off, run-by-actor-system-terminate = on }");
        CoordinatedShutdown.Get(system);
    });

    private static ActorSystem Create(string name, string hocon) => ActorSystem.Create(name, ConfigurationFactory.ParseString(hocon));

    private Func<Task<Done>> Ran(string what) => () =>
    {
        _ran.Enqueue(what);
        return Task.FromResult(Done.Instance);
    };

    private Func<Task<Done>> Meet(TaskCompletionSource mine, TaskCompletionSource other) => async () =>
    {
        mine.SetResult();
        await other.Task.WaitAsync(Limit);
        _ran.Enqueue("met");
        return Done.Instance;
    };
}

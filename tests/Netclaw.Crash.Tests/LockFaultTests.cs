using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Vfs;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Daemon.Locking;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>Each call on the lock file fails in turn: the start is refused by name, nothing stays locked, and the next one takes the lock.</summary>
public sealed class LockFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(FaultKind.Broken)]
    [InlineData(FaultKind.Full)]
    [InlineData(FaultKind.ShortWrite)]
    [InlineData(FaultKind.RenameFails)]
    public void AFailingCallOnTheLock_RefusesTheStart_AndHoldsNothing(FaultKind kind)
    {
        using var scratch = new ScratchHome();
        using var scope = IoScope.Watch(scratch.Home.Root);
        using var layer = FileCalls.Use(new WatchedFileCalls());
        var points = 0;
        for (; ; points++)
        {
            var plan = new FaultPlan(kind, points, lasting: true, within: "netclawd.lock");
            scope.Arm(plan);
            var problems = new StartProblems();
            using var held = DaemonLock.TryAcquire(scratch.Home, problems);
            scope.Arm(null);
            if (!plan.WasReached)
            {
                Assert.NotNull(held);
                break;
            }

            Assert.Null(held);
            var problem = Assert.Single(problems.Found);
            Assert.Equal(RefusalCode.HomeNotWritable, problem.Code);
            Assert.Contains(scratch.Home.LockFile, problem.Message, StringComparison.Ordinal);
            using var next = DaemonLock.TryAcquire(scratch.Home, new StartProblems());
            Assert.NotNull(next);
        }

        output.WriteLine($"{kind}: {points} points");
        Assert.True(points > 0);
    }

    [Fact]
    public void ALockThatCannotForgetItsPid_IsLetGoAllTheSame()
    {
        using var scratch = new ScratchHome();
        using var scope = IoScope.Watch(scratch.Home.Root);
        using var layer = FileCalls.Use(new WatchedFileCalls());
        var held = DaemonLock.TryAcquire(scratch.Home, new StartProblems());
        scope.Arm(new FaultPlan(FaultKind.Broken, at: 0, lasting: true));
        held!.Dispose();
        scope.Arm(null);

        using var next = DaemonLock.TryAcquire(scratch.Home, new StartProblems());
        Assert.NotNull(next);
    }
}

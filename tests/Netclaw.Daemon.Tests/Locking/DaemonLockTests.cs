using System.Globalization;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Locking;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Locking;

public sealed class DaemonLockTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();

    public DaemonLockTests() => HomeDirectories.Prepare(_temporary.Home, _problems);

    private NetclawHome Home => _temporary.Home;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void RefusesWithThePidOfTheHolder_WhenHeld()
    {
        using var held = DaemonLock.TryAcquire(Home, _problems);
        Assert.NotNull(held);

        Assert.Null(DaemonLock.TryAcquire(Home, _problems));
        var problem = Assert.Single(_problems.Found);
        Assert.Equal(RefusalCode.LockHeld, problem.Code);
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), problem.Value);
        Assert.Equal(ExitCodes.Failed, _problems.ExitCode);
    }

    [Fact]
    public void IsFree_AfterItsHolderLetGo()
    {
        DaemonLock.TryAcquire(Home, _problems)!.Dispose();

        using var again = DaemonLock.TryAcquire(Home, _problems);
        Assert.NotNull(again);
    }

    [Fact]
    public void IsNoObstacle_WhenAKilledDaemonLeftItsPid()
    {
        File.WriteAllText(Home.LockFile, "999999999\n");

        using var taken = DaemonLock.TryAcquire(Home, _problems);
        Assert.NotNull(taken);
        Assert.Equal($"{Environment.ProcessId}\n", ReadBesideTheLock());
    }

    [Fact]
    public void HoldsNoPid_AfterItsHolderLetGo()
    {
        DaemonLock.TryAcquire(Home, _problems)!.Dispose();

        Assert.Equal("", ReadBesideTheLock());
    }

    private string ReadBesideTheLock()
    {
        using var file = new FileStream(Home.LockFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}

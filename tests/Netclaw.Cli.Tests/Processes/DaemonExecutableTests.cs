using Netclaw.Cli.Failures;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Tests.Processes;

public sealed class DaemonExecutableTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public void IsBesideTheCommandLine_WhenInstalled()
    {
        var beside = _home.Write("install/netclawd", "x");

        Assert.Equal(beside, DaemonExecutable.Find(_ => null, Path.Combine(_home.Root, "install")));
    }

    [Fact]
    public void IsInTheSiblingDirectory_WhenBuiltFromSource()
    {
        var sibling = _home.Write("artifacts/bin/Netclaw.Daemon/release/netclawd", "x");

        Assert.Equal(sibling, DaemonExecutable.Find(_ => null, Path.Combine(_home.Root, "artifacts/bin/Netclaw.Cli/release") + "/"));
    }

    [Fact]
    public void IsWhatTheVariableNames_AndNothingElse()
    {
        var named = _home.Write("elsewhere/netclawd", "x");
        _home.Write("install/netclawd", "x");

        Assert.Equal(named, DaemonExecutable.Find(_ => named, Path.Combine(_home.Root, "install")));
        var failure = Assert.Throws<CommandFailure>(() => DaemonExecutable.Find(_ => "/nowhere/netclawd", Path.Combine(_home.Root, "install")));
        Assert.Equal("unset NETCLAWD", failure.Error.Remedy);
    }

    [Fact]
    public void NamesEveryPlace_WhenItIsMissing()
    {
        var failure = Assert.Throws<CommandFailure>(() => DaemonExecutable.Find(_ => null, "/a/bin/Netclaw.Cli/debug/"));

        Assert.Equal("part_missing", failure.Error.Code);
        Assert.Equal(["/a/bin/Netclaw.Cli/debug/netclawd", "/a/bin/Netclaw.Daemon/debug/netclawd"], failure.Tried.Select(attempt => attempt.What));
    }

    public void Dispose() => _home.Dispose();
}

using System.Globalization;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Tests.Processes;

public sealed class LockHolderTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public void FindsNobody_WithoutALockFile() => Assert.Null(LockHolder.Find(_home.Home.LockFile));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("999999999")]
    [InlineData("1")]
    public void FindsNobody_WhenTheFileIsAllThatIsLeft(string content) =>
        Assert.Null(LockHolder.Find(_home.Write("run/netclawd.lock", content)));

    [Fact]
    public void FindsNobody_WhenThePidBelongsToAnotherProgramByNow() =>
        Assert.Null(LockHolder.Find(_home.Write("run/netclawd.lock", Pid())));

    [Fact]
    public void FindsTheProcess_ThatHasTheFileOpen()
    {
        var path = _home.Write("run/netclawd.lock", Pid());
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.Equal(Environment.ProcessId, LockHolder.Find(path));
            Assert.Equal(Environment.ProcessId, LockHolder.Find(Path.Combine(_home.Root, "run", "..", "run", "netclawd.lock")));
        }

        Assert.Null(LockHolder.Find(path));
    }

    public void Dispose() => _home.Dispose();

    private static string Pid() => Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n";
}

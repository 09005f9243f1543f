using Netclaw.Daemon.Home;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Home;

public sealed class HomeDirectoriesTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();

    private NetclawHome Home => _temporary.Home;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void CreatesEveryDirectoryForItsOwnerAlone_OnFirstStart()
    {
        Assert.True(HomeDirectories.Prepare(Home, _problems));

        foreach (var directory in new[] { Home.Root, Home.RunDirectory, Home.KeysDirectory, Home.StateDirectory, Home.LogsDirectory })
        {
            Assert.Equal("0700", FileFacts.OfPath(directory)!.Value.ModeText);
        }
    }

    [Fact]
    public void ChangesNothing_OnSecondStart()
    {
        HomeDirectories.Prepare(Home, _problems);
        File.SetUnixFileMode(Home.LogsDirectory, (UnixFileMode)0b111_101_101);

        Assert.True(HomeDirectories.Prepare(Home, _problems));
        Assert.Equal("0755", FileFacts.OfPath(Home.LogsDirectory)!.Value.ModeText);
    }

    [Fact]
    public void RefusesAndNamesTheRemedy_WhenKeysAreOpenToOthers()
    {
        HomeDirectories.Prepare(Home, _problems);
        File.SetUnixFileMode(Home.KeysDirectory, (UnixFileMode)0b111_101_000);

        Assert.False(HomeDirectories.Prepare(Home, _problems));
        var problem = Assert.Single(_problems.Found);
        Assert.Equal((RefusalCode.HomeForeign, $"chmod 700 {Home.KeysDirectory}"), (problem.Code, problem.Remedy));
        Assert.Contains("mode 0750", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesEveryDirectoryThatIsWrong_AtOnce()
    {
        HomeDirectories.Prepare(Home, _problems);
        File.SetUnixFileMode(Home.KeysDirectory, (UnixFileMode)0b111_101_000);
        File.SetUnixFileMode(Home.StateDirectory, (UnixFileMode)0b111_111_111);

        Assert.False(HomeDirectories.Prepare(Home, _problems));
        Assert.Equal(2, _problems.Found.Count);
    }

    [Fact]
    public void Refuses_WhenAFileStandsWhereTheHomeShouldBe()
    {
        File.WriteAllText(Home.Root, "");

        Assert.False(HomeDirectories.Prepare(Home, _problems));
        Assert.Equal(RefusalCode.HomeNotWritable, Assert.Single(_problems.Found).Code);
        Assert.Equal(ExitCodes.CannotCreate, _problems.ExitCode);
    }

    [Fact]
    public void Refuses_WhenAPrivateDirectoryIsALink()
    {
        HomeDirectories.Prepare(Home, _problems);
        Directory.Delete(Home.KeysDirectory);
        Directory.CreateSymbolicLink(Home.KeysDirectory, _temporary.Parent);

        Assert.False(HomeDirectories.Prepare(Home, _problems));
        Assert.Contains("is not a directory", Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Follows_WhenTheHomeItselfIsALink()
    {
        var real = Directory.CreateDirectory(Path.Combine(_temporary.Parent, "elsewhere"), (UnixFileMode)0b111_000_000).FullName;
        Directory.CreateSymbolicLink(Home.Root, real);

        Assert.True(HomeDirectories.Prepare(Home, _problems), string.Join(' ', _problems.Found));
        Assert.True(Directory.Exists(Path.Combine(real, "keys")));
    }

    [NotRootFact]
    public void Refuses_WhenTheHomeCannotBeWritten()
    {
        Directory.CreateDirectory(Home.Root, (UnixFileMode)0b101_000_000);

        Assert.False(HomeDirectories.Prepare(Home, _problems));
        Assert.Equal(RefusalCode.HomeNotWritable, _problems.Found[0].Code);
    }

    [Fact]
    public void Refuses_WhenTheHomeIsOnAReadOnlyFileSystem()
    {
        // /proc takes no directories from anybody, root included.
        Assert.False(HomeDirectories.Prepare(NetclawHome.At("/proc/netclaw", _ => null), _problems));
        Assert.Equal(RefusalCode.HomeNotWritable, Assert.Single(_problems.Found).Code);
    }

    [RootFact]
    public void Refuses_WhenTheHomeBelongsToSomebodyElse()
    {
        HomeDirectories.Prepare(Home, _problems);
        TemporaryHome.GiveAway(Home.Root, 1234);

        Assert.False(HomeDirectories.Prepare(Home, _problems));
        var problem = Assert.Single(_problems.Found);
        Assert.Equal(RefusalCode.HomeForeign, problem.Code);
        Assert.Contains("belongs to user 1234", problem.Message, StringComparison.Ordinal);
    }
}

using Netclaw.Cli.Logs;

namespace Netclaw.Cli.Tests.Logs;

public sealed class LogTailTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public void GivesTheLastLines_AndThenWhatIsAdded()
    {
        var path = _home.Write("logs/x.log", "one\ntwo\nthree\nunfin");
        using var tail = new LogTail(path);

        Assert.Equal(["two", "three"], tail.LastLines(2));
        Assert.Empty(tail.NewLines());
        File.AppendAllText(path, "ished ☃\nfour\n");
        Assert.Equal(["unfinished ☃", "four"], tail.NewLines());
    }

    [Fact]
    public void GivesTheLastLinesOfFormerFilesToo_WhenThePresentOneHasFewer()
    {
        _home.Write("logs/x.log.3", "one\ntwo\n");
        _home.Write("logs/x.log.1", "three\ncut short");
        var path = _home.Write("logs/x.log", "");
        using (var tail = new LogTail(path))
        {
            // Nobody has gone on to the present one: the line may yet be completed.
            Assert.Equal(["two", "three"], tail.LastLines(2));
            Assert.Empty(tail.NewLines());
        }

        File.AppendAllText(path, "four\n");
        using (var tail = new LogTail(path))
        {
            Assert.Equal(["cut short", "four"], tail.LastLines(2));
            Assert.Equal(["one", "two", "three", "cut short", "four"], tail.LastLines(100));
            Assert.Empty(tail.NewLines());
        }
    }

    [Fact]
    public void GoesOn_ThroughEveryFileOfSeveralRotations()
    {
        var path = _home.Write("logs/x.log", "old\n");
        using var tail = new LogTail(path);
        tail.LastLines(10);

        File.AppendAllText(path, "late\n");
        File.Move(path, path + ".3");
        _home.Write("logs/x.log.2", "second\n");
        _home.Write("logs/x.log.1", "third\n");
        _home.Write("logs/x.log", "fourth\n");

        Assert.Equal(["late", "second", "third", "fourth"], All(tail));
    }

    /// <summary>The name is somebody else's already, the writer not yet there: what it still adds to the former file is read.</summary>
    [Fact]
    public void StaysWithTheFormerFile_UntilThereIsSomethingInTheNew()
    {
        var path = _home.Write("logs/x.log", "old\n");
        using var tail = new LogTail(path);
        tail.LastLines(10);
        File.Move(path, path + "-20260101");
        _home.Write("logs/x.log", "");

        Assert.Empty(All(tail));
        File.AppendAllText(path + "-20260101", "late\n");
        Assert.Equal(["late"], All(tail));
        File.AppendAllText(path + "-20260101", "later\n");
        File.AppendAllText(path, "new\n");
        Assert.Equal(["later", "new"], All(tail));
    }

    [Fact]
    public void TakesNoFileForNewer_ThatEndedBefore_WhenItsOwnWasMovedElsewhere()
    {
        File.SetLastWriteTimeUtc(_home.Write("logs/x.log.1", "ancient\n"), DateTime.UnixEpoch.AddYears(40));
        var path = _home.Write("logs/x.log", "old\n");
        using var tail = new LogTail(path);
        tail.LastLines(1);

        File.Move(path, path + "-20260101");
        _home.Write("logs/x.log", "new\n");

        Assert.Equal(["new"], All(tail));
    }

    /// <summary>logrotate's copytruncate: the copy has what was not read yet, and the emptied file may have grown beyond that place again.</summary>
    [Theory]
    [InlineData("x\n")]
    [InlineData("a line that is longer than everything that was ever in the file before it was emptied\n")]
    public void GoesOnInTheCopy_WhenTheFileWasCopiedAndEmptied(string added)
    {
        var path = _home.Write("logs/x.log", "read\n");
        using var tail = new LogTail(path);
        tail.LastLines(10);

        File.AppendAllText(path, "not read\n");
        File.Copy(path, path + ".1");
        File.WriteAllText(path, added);

        Assert.Equal(["not read", added.TrimEnd()], All(tail));
    }

    [Fact]
    public void StartsAgain_WhenTheFileIsShortened()
    {
        var path = _home.Write("logs/x.log", "old\nold\n");
        using var tail = new LogTail(path);
        tail.LastLines(10);

        File.WriteAllText(path, "");
        Assert.Empty(All(tail));
        File.AppendAllText(path, "x\n");
        Assert.Equal(["x"], All(tail));
    }

    [Fact]
    public void ReadsALineOfAnyLength()
    {
        var path = _home.Write("logs/x.log", "");
        using var tail = new LogTail(path);
        var line = new string('x', 5_000_000);
        File.AppendAllText(path, $"{line}\nnext\n");

        Assert.Equal([line, "next"], All(tail));
    }

    [Fact]
    public void FollowsALink()
    {
        var elsewhere = _home.Write("elsewhere.log", "old\n");
        Directory.CreateDirectory(_home.Home.LogsDirectory);
        var path = Path.Combine(_home.Home.LogsDirectory, "x.log");
        File.CreateSymbolicLink(path, elsewhere);
        using var tail = new LogTail(path);

        Assert.Equal(["old"], tail.LastLines(10));
        Assert.Empty(All(tail));
        File.AppendAllText(elsewhere, "new\n");
        Assert.Equal(["new"], All(tail));
    }

    [Fact]
    public async Task ShowsTheDaemonsLog_AsTextAndAsOneObject()
    {
        _home.Write("logs/netclawd.log", string.Concat(Enumerable.Range(1, 100).Select(number => $"line {number}\n")));

        Assert.Equal("line 99\nline 100\n", (await CliRun.Of(_home, "logs", "-n", "2")).Out);
        var json = (await CliRun.Of(_home, "logs", "--lines", "1", "--json")).Json();
        Assert.Equal("line 100", json.GetProperty("lines")[0].GetString());
        Assert.Equal(_home.Home.DaemonLog, json.GetProperty("file").GetString());
        Assert.Equal(50, (await CliRun.Of(_home, "logs")).Out.Count(symbol => symbol == '\n'));
    }

    public void Dispose() => _home.Dispose();

    private static List<string> All(LogTail tail)
    {
        var all = new List<string>();
        do
        {
            all.AddRange(tail.NewLines());
        }
        while (tail.IsBehind);
        return all;
    }
}

using Netclaw.Cli.Logs;

namespace Netclaw.Cli.Tests.Logs;

public sealed class LogTailTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task GivesTheLastLines_AndThenWhatIsAdded()
    {
        var path = _home.Write("logs/x.log", "one\ntwo\nthree\nunfin");
        using var tail = new LogTail(path);

        Assert.Equal(["two", "three"], await tail.LastLinesAsync(2, default));
        Assert.Empty(await tail.NewLinesAsync(default));
        File.AppendAllText(path, "ished ☃\nfour\n");
        Assert.Equal(["unfinished ☃", "four"], await tail.NewLinesAsync(default));
    }

    [Fact]
    public async Task StartsAgain_WhenTheFileIsReplacedOrShortened()
    {
        var path = _home.Write("logs/x.log", "old\nold\n");
        using var tail = new LogTail(path);
        await tail.LastLinesAsync(10, default);

        File.Move(path, path + ".1");
        File.WriteAllText(path, "new\n");
        Assert.Equal(["new"], await tail.NewLinesAsync(default));

        File.WriteAllText(path, "");
        Assert.Empty(await tail.NewLinesAsync(default));
        File.AppendAllText(path, "x\n");
        Assert.Equal(["x"], await tail.NewLinesAsync(default));
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
}

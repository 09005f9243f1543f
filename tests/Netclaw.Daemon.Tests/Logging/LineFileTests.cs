using Netclaw.Daemon.Logging;

namespace Netclaw.Daemon.Tests.Logging;

public sealed class LineFileTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    private string File => Path.Combine(_temporary.Parent, "x.log");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task KeepsEveryLineInOrder_WhenClosed()
    {
        await using (var file = new LineFile(File, long.MaxValue, kept: 1))
        {
            for (var i = 0; i < 5000; i++)
            {
                file.Add($"line {i}");
            }
        }

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"line {i}"), System.IO.File.ReadLines(File));
        Assert.Equal("0600", Netclaw.Protocol.FileFacts.OfPath(File)!.Value.ModeText);
    }

    [Fact]
    public async Task AddsToWhatIsThere_WhenOpenedAgain()
    {
        for (var i = 0; i < 2; i++)
        {
            await using var file = new LineFile(File, long.MaxValue, kept: 1);
            file.Add($"run {i}");
        }

        Assert.Equal(["run 0", "run 1"], System.IO.File.ReadLines(File));
    }

    [Fact]
    public async Task KeepsAsManyFormerFilesAsAsked_WhenItGrows()
    {
        for (var i = 0; i < 5; i++)
        {
            await using var file = new LineFile(File, maximumBytes: 4, kept: 2);
            file.Add($"line {i}");
        }

        Assert.Equal(["x.log", "x.log.1", "x.log.2"], Directory.GetFiles(_temporary.Parent).Select(Path.GetFileName).Order());
        Assert.Equal(["line 4", "line 3", "line 2"], new[] { File, File + ".1", File + ".2" }.Select(path => System.IO.File.ReadAllText(path).Trim()));
    }

    [Fact]
    public async Task TellsOfAFailure_ThatWasBeforeAnybodyListened()
    {
        var file = new LineFile(Path.Combine(_temporary.Parent, "missing", "x.log"), long.MaxValue, kept: 1);
        file.Add("lost");
        await file.DisposeAsync();

        var told = new List<string>();
        file.OnFailure(told.Add);
        Assert.Contains("cannot be written", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountsAndReportsWhatItCouldNotKeep_WhenTheFileCannotBeWritten()
    {
        var reported = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var file = new LineFile(Path.Combine(_temporary.Parent, "missing", "x.log"), long.MaxValue, kept: 1);
        file.OnFailure(reason => reported.TrySetResult(reason));
        file.Add("lost");

        Assert.Contains("cannot be written", await reported.Task.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
        Assert.Equal(1, file.Lost);
    }
}

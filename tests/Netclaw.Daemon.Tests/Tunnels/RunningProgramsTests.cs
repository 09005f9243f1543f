using System.Diagnostics;
using Netclaw.Daemon.Tunnels;

namespace Netclaw.Daemon.Tests.Tunnels;

/// <summary>Real processes: a program is found by the name that it runs under, and is gone when it has ended.</summary>
public sealed class RunningProgramsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nc-run-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("cloudflared-t1")]
    [InlineData("a-program-with-a-name-of-more-than-fifteen")]
    public async Task SeesAProgram_WhileItRuns(string name)
    {
        var programs = new RunningPrograms();
        Assert.False(programs.Runs(name));

        using var process = Start(name);
        try
        {
            Assert.True(programs.Runs(name));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.False(programs.Runs(name));
    }

    [Fact]
    public void CannotTell_WhereThereIsNoProcessTable()
    {
        Assert.Null(new RunningPrograms(_directory).Runs("tailscaled"));
        Assert.Null(new RunningPrograms(Path.Combine(_directory, "nothing")).Runs("tailscaled"));
    }

    private Process Start(string name)
    {
        var program = Path.Combine(_directory, name);
        File.Copy(File.ResolveLinkTarget("/bin/sleep", returnFinalTarget: true)?.FullName ?? "/bin/sleep", program);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Process.Start(program, "60");
    }
}

using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Failures;

public sealed class CrashFileTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public void PutsTheTraceIntoAPrivateFile_AndNamesIt()
    {
        var failure = CrashFile.From(Defect(), _home.Home, TimeProvider.System);

        var file = Assert.Single(Directory.GetFiles(_home.Home.LogsDirectory));
        Assert.Contains(file, failure.Error.Message);
        Assert.Contains(nameof(Defect), File.ReadAllText(file));
        Assert.DoesNotContain(nameof(Defect), failure.Error.Message);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(ExitCodes.Internal, failure.ExitCode);
    }

    [Fact]
    public void StillSaysSo_WhenNoFileCanBeWritten()
    {
        _home.Write("logs", "a file where the directory should be");

        var failure = CrashFile.From(Defect(), _home.Home, TimeProvider.System);

        Assert.Equal("internal_error", failure.Error.Code);
        Assert.Contains("could not be written", failure.Error.Message);
    }

    public void Dispose() => _home.Dispose();

    private static Exception Defect()
    {
        try
        {
            throw new InvalidOperationException("a defect");
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}

namespace Netclaw.Protocol.Tests.Local;

public sealed class PrivateDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Makes_AClosedDirectory_AndAcceptsItAgain()
    {
        Assert.Null(PrivateDirectory.Ensure(_home["keys"]));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_home["keys"]));
        Assert.Null(PrivateDirectory.Ensure(_home["keys"]));
    }

    [Fact]
    public void NamesWhatIsWrong_AndChangesNothing()
    {
        Directory.CreateDirectory(_home["open"], OwnerOnly | UnixFileMode.OtherExecute);
        Assert.Equal($"{_home["open"]} is open to others (mode 0701; it must be 0700)", PrivateDirectory.Ensure(_home["open"]));
        Assert.Equal(OwnerOnly | UnixFileMode.OtherExecute, File.GetUnixFileMode(_home["open"]));

        File.WriteAllText(_home["file"], "");
        Assert.Equal($"{_home["file"]} is not a directory", PrivateDirectory.Ensure(_home["file"]));

        File.CreateSymbolicLink(_home["link"], _home["open"]);
        Assert.Equal($"{_home["link"]} is not a directory", PrivateDirectory.Ensure(_home["link"]));
    }
}

namespace Netclaw.Protocol.Tests.Local;

public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void WhatIsWritten_IsRead_AndNobodyElseMay()
    {
        PrivateFile.WriteAtomically(_home["mark"], "one"u8);
        PrivateFile.WriteAtomically(_home["mark"], "two and longer"u8);

        Assert.Equal("two and longer"u8, Assert.IsType<PrivateFileResult.Loaded>(PrivateFile.Read(_home["mark"])).Bytes);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_home["mark"]));
        Assert.Equal([_home["mark"]], Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public void Replacing_ClosesAFileThatWasOpen()
    {
        File.WriteAllText(_home["mark"], "old");
        File.SetUnixFileMode(_home["mark"], OwnerOnly | UnixFileMode.OtherRead);
        PrivateFile.WriteAtomically(_home["mark"], "new"u8);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_home["mark"]));
    }

    [Fact]
    public void Creating_LeavesAFileThatIsThere()
    {
        PrivateFile.CreateAtomically(_home["key"], "first"u8);
        Assert.Throws<IOException>(() => PrivateFile.CreateAtomically(_home["key"], "second"u8));
        Assert.Equal("first", File.ReadAllText(_home["key"]));
        Assert.Single(Directory.GetFileSystemEntries(_home.Path));
    }

    [Fact]
    public void AFailedWrite_LeavesNothingBehind()
    {
        Directory.CreateDirectory(_home["taken"]);
        Assert.ThrowsAny<Exception>(() => PrivateFile.WriteAtomically(_home["taken"], "x"u8));
        Assert.Equal([_home["taken"]], Directory.GetFileSystemEntries(_home.Path));
        Assert.Throws<DirectoryNotFoundException>(() => PrivateFile.WriteAtomically(_home["no/such/file"], "x"u8));
    }

    [Fact]
    public void Nothing_IsMissing() => Assert.IsType<PrivateFileResult.Missing>(PrivateFile.Read(_home["nothing"]));

    [Fact]
    public void AnEmptyFile_IsLoadedEmpty_NotMissing()
    {
        PrivateFile.WriteAtomically(_home["mark"], []);
        Assert.Empty(Assert.IsType<PrivateFileResult.Loaded>(PrivateFile.Read(_home["mark"])).Bytes);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead, "0640")]
    [InlineData(UnixFileMode.OtherRead, "0604")]
    [InlineData(UnixFileMode.OtherWrite, "0602")]
    public void Refuses_AFileOpenToOthers(UnixFileMode extra, string mode)
    {
        PrivateFile.WriteAtomically(_home["key"], "x"u8);
        File.SetUnixFileMode(_home["key"], OwnerOnly | extra);
        var seen = Assert.IsType<PrivateFileResult.Problem>(PrivateFile.Read(_home["key"])).Seen;
        Assert.Contains($"{_home["key"]} is open to others (mode {mode}; it must be 0600)", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("target")]
    [InlineData("nowhere")]
    public void Refuses_ASymbolicLink_EvenADanglingOne(string target)
    {
        PrivateFile.WriteAtomically(_home["target"], "x"u8);
        File.CreateSymbolicLink(_home["key"], _home[target]);
        Assert.Contains("symbolic link", Assert.IsType<PrivateFileResult.Problem>(PrivateFile.Read(_home["key"])).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_WhatIsNoPlainFile()
    {
        Directory.CreateDirectory(_home["key"]);
        Assert.Contains("not a plain file", Assert.IsType<PrivateFileResult.Problem>(PrivateFile.Read(_home["key"])).Seen, StringComparison.Ordinal);
        Assert.IsType<PrivateFileResult.Problem>(PrivateFile.Read("/dev/zero"));
        PrivateFile.WriteAtomically(_home["file"], "x"u8);
        Assert.Contains("cannot be read", Assert.IsType<PrivateFileResult.Problem>(PrivateFile.Read(_home["file/inside"])).Seen, StringComparison.Ordinal);
    }

    [RootFact]
    public void Refuses_AFileOfAnotherUser()
    {
        PrivateFile.WriteAtomically(_home["key"], "x"u8);
        Foreign.GiveAway(_home["key"], 12345);
        var seen = Assert.IsType<PrivateFileResult.Problem>(PrivateFile.Read(_home["key"])).Seen;
        Assert.Contains("belongs to user 12345; this process runs as user 0", seen, StringComparison.Ordinal);
    }
}

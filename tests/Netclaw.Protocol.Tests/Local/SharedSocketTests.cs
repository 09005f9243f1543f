namespace Netclaw.Protocol.Tests.Local;

public sealed class SharedSocketTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(1000u)]
    [InlineData(uint.MaxValue - 1)]
    public void Path_NamesItsOwner(uint owner) =>
        Assert.Equal(owner, SharedSocket.OwnerOf($"/run/{SharedSocket.DirectoryName(owner, "/home/anna/.netclaw")}/{SharedSocket.FileName}"));

    [Fact]
    public void Homes_HaveDirectoriesOfTheirOwn() =>
        Assert.NotEqual(SharedSocket.DirectoryName(0, "/a"), SharedSocket.DirectoryName(0, "/b"));

    [Theory]
    [InlineData("/home/anna/.netclaw/run/control.sock")]
    [InlineData("/run/netclaw-1000-0123456789abcdef/control.sock")]
    [InlineData("/run/netclaw-1000-0123456789abcde/shared.sock")]
    [InlineData("/run/netclaw-1000-0123456789abcdeg/shared.sock")]
    [InlineData("/run/netclaw--1000-0123456789abcdef/shared.sock")]
    [InlineData("/run/netclaw-+1000-0123456789abcdef/shared.sock")]
    [InlineData("/run/netclaw-1000x-0123456789abcdef/shared.sock")]
    [InlineData("/run/netclaw-0123456789abcdef/shared.sock")]
    [InlineData("/run/netclaw-99999999999-0123456789abcdef/shared.sock")]
    [InlineData("/run/netclaw-1000-0123456789abcdef/x/shared.sock")]
    [InlineData("/shared.sock")]
    [InlineData("shared.sock")]
    public void OtherPaths_NameNobody(string path) => Assert.Null(SharedSocket.OwnerOf(path));
}

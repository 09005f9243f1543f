using Netclaw.Cli.Service;

namespace Netclaw.Cli.Tests.Service;

public sealed class UnitTextTests
{
    [Theory]
    [InlineData("/opt/netclawd", "\"/opt/netclawd\"")]
    [InlineData("/my home/n", "\"/my home/n\"")]
    [InlineData("/100%/n", "\"/100%%/n\"")]
    [InlineData("/a\"b\\c", "\"/a\\\"b\\\\c\"")]
    [InlineData("/a$HOME/n", "\"/a$$HOME/n\"")]
    public void Arguments_AreReadBackAsTheyWere(string path, string written) => Assert.Equal(written, UnitText.Argument(path));

    [Fact]
    public void OtherWords_KeepTheirDollars() => Assert.Equal("\"/a$b%%\"", UnitText.Word("/a$b%"));

    [Fact]
    public void Unit_IsOurs_AsWritten() =>
        Assert.Equal(new UnitOwner.Ours("/my home"), UnitText.OwnerOf(UnitText.Marked("/my home", "[Unit]\nDescription=x\n")));

    [Theory]
    [InlineData("Description=x", "Description=y")]
    [InlineData("/my home", "/other")]
    [InlineData("[Unit]\n", "[Unit]\n\n")]
    [InlineData("is kept", "is  kept")]
    public void Unit_IsEdited_AfterAnyChange(string was, string isNow)
    {
        var text = UnitText.Marked("/my home", "[Unit]\nDescription=x\n").Replace(was, isNow, StringComparison.Ordinal);

        Assert.IsType<UnitOwner.Edited>(UnitText.OwnerOf(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[Service]\nExecStart=/bin/true\n")]
    [InlineData("# Written by netclaw daemon install, sha256 00\n")]
    public void Unit_IsSomebodyElses_WithoutOurFirstLines(string text) => Assert.IsType<UnitOwner.Somebody>(UnitText.OwnerOf(text));

    [Fact]
    public void PathThatBreaksALine_IsNotWritable()
    {
        Assert.Equal("character 10", UnitText.Unwritable("/a\nExecStart=/bin/sh"));
        Assert.Null(UnitText.Unwritable("/a b%c"));
    }
}

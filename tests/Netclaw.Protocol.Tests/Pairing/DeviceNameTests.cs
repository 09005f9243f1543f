
namespace Netclaw.Protocol.Tests.Pairing;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData("laptop", "laptop")]
    [InlineData("  Anna's laptop \t\n", "Anna's laptop")]
    [InlineData("Büro – größer", "Büro – größer")]
    [InlineData("جهاز المكتب", "جهاز المكتب")]
    [InlineData("نامه\u200Cهای", "نامه\u200Cهای")]
    [InlineData("👩‍💻", "👩‍💻")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    public void Accepts_NamesOfPeople(string text, string expected)
    {
        Assert.True(DeviceName.TryNormalize(text, out var name, out var problem), problem);
        Assert.Equal(expected, name);
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData(" \t ", "empty")]
    [InlineData("a\u0000b", "control character (U+0000)")]
    [InlineData("a\u001B[31mb", "control character (U+001B)")]
    [InlineData("a\nb", "control character (U+000A)")]
    [InlineData("a\u0085b", "control character (U+0085)")]
    [InlineData("a\u2028b", "line separator (U+2028)")]
    [InlineData("a\u202Eb", "direction-override character (U+202E)")]
    [InlineData("a\u2066b", "direction-override character (U+2066)")]
    [InlineData("a\u200Fb", "direction-override character (U+200F)")]
    [InlineData("a\u061Cb", "direction-override character (U+061C)")]
    [InlineData("lap\u200Btop", "invisible character (U+200B)")]
    [InlineData("lap\uFEFFtop", "invisible character (U+FEFF)")]
    [InlineData("\u200D\u200C", "nothing that can be seen")]
    [InlineData("\u0301", "nothing that can be seen")]
    public void Refuses_WhatDeceivesTheEye_AndSaysWhat(string? text, string reason)
    {
        Assert.False(DeviceName.TryNormalize(text, out var name, out var problem));
        Assert.Equal("", name);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_HalfACharacter()
    {
        // Not inline data: test runners cannot carry a lone surrogate.
        Assert.False(DeviceName.TryNormalize("a\uD83D", out _, out var problem));
        Assert.Contains("lone surrogate", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_Utf16Units_AfterTrimming()
    {
        Assert.True(DeviceName.TryNormalize("  " + new string('x', 64) + "  ", out _, out _));
        Assert.False(DeviceName.TryNormalize(new string('x', 65), out _, out var problem));
        Assert.Contains("65 characters, 64 are allowed", problem, StringComparison.Ordinal);
        Assert.True(DeviceName.TryNormalize(string.Concat(Enumerable.Repeat("😀", 32)), out _, out _));
        Assert.False(DeviceName.TryNormalize(string.Concat(Enumerable.Repeat("😀", 33)), out _, out _));
    }
}

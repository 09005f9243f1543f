using Netclaw.Actors.Approvals;

namespace Netclaw.Actors.Tests.Approvals;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("/bin/echo hello", "/bin/echo", "hello")]
    [InlineData("/bin/echo \"two words\" \"\"", "/bin/echo", "two words", "")]
    [InlineData("/bin/echo \"a\\\"b\" \"c\\\\d\" \"$HOME\"", "/bin/echo", "a\"b", "c\\d", "$HOME")]
    [InlineData("/bin/rm \"é\" \"*\"", "/bin/rm", "é", "*")]
    [InlineData("/bin/sh -c \"echo a\\u{a}rm -r /\"", "/bin/sh", "-c", "echo a\nrm -r /")]
    [InlineData("/bin/echo \"\\u{1b}[2K\\u{d}\" \"\\u{202e}oof\" \"a\\u{200b}b\" \"a\\u{a0}b\"", "/bin/echo", "\u001b[2K\r", "\u202eoof", "a\u200bb", "a\u00a0b")]
    [InlineData("/bin/echo \"\\u{2028}\" \"\\u{e000}\" \"😀\" \"\\u{e0041}\"", "/bin/echo", "\u2028", "\ue000", "😀", "\U000e0041")]
    public void WhatIsShown_HidesNothing(string line, params string[] command) => Assert.Equal(line, CommandText.Of([.. command]));

    [Fact]
    public void HalfACharacter_IsShownAsItsNumber() => Assert.Equal("\"\\u{d800}x\"", CommandText.Of(["\ud800x"]));

    [Fact]
    public void CommandsThatDiffer_HaveLinesThatDiffer()
    {
        string[][] commands =
        [
            ["a", "b"], ["a b"], ["a", "", "b"], ["a", "\"b\""], ["a", "\\u{a}"], ["a", "\n"], ["a", "\\n"], ["a\\", "b"], ["a", "\" \""], ["a", "", ""], ["a", " "],
        ];

        Assert.Equal(commands.Length, commands.Select(command => CommandText.Of([.. command])).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Words_AreShownAsTheyAre_ButForWhatIsHidden() => Assert.Equal("Delete \"a\"? \\u{202e}\\\\", CommandText.Visible("Delete \"a\"? \u202e\\"));
}

using Netclaw.Cli.Failures;

namespace Netclaw.Cli.Tests.Failures;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("devcies", "devices")]
    [InlineData("STATUS", "status")]
    [InlineData("stauts", "status")]
    [InlineData("sess", "sessions")]
    [InlineData("daemn", "daemon")]
    public void Finds_WhatWasMeant(string typed, string expected) =>
        Assert.Equal(expected, NearestName.To(typed, ["devices", "status", "sessions", "daemon", "down"]));

    [Theory]
    [InlineData("xyzzy")]
    [InlineData("q")]
    [InlineData("")]
    public void FindsNothing_WhenNothingIsNear(string typed) =>
        Assert.Null(NearestName.To(typed, ["devices", "status", "sessions"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Counts_Edits(string left, string right, int expected) => Assert.Equal(expected, NearestName.Distance(left, right));
}

using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Tests.Invocation;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("30s", 30_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5", 1_500)]
    [InlineData("5m", 300_000)]
    [InlineData("24h", 86_400_000)]
    public void Reads_LengthsAsPeopleTypeThem(string text, int milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var span));
        Assert.Equal(milliseconds, span.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("5x")]
    [InlineData("5sm")]
    [InlineData("25h")]
    [InlineData("NaN")]
    [InlineData("1e3")]
    public void Refuses_WhatIsNoLength(string text) => Assert.False(Duration.TryParse(text, out _));
}

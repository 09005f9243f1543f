using System.Text;
using Netclaw.Protocol.Processes;

namespace Netclaw.Protocol.Tests.Processes;

public sealed class BoundedOutputTests
{
    [Theory]
    [InlineData(8, "", "")]
    [InlineData(8, "abcdefgh", "abcdefgh")]
    [InlineData(8, "abcdefghi", "abcd\n[… 1 bytes left out]\nfghi")]
    [InlineData(7, "abcdefghi", "abc\n[… 2 bytes left out]\nfghi")]
    [InlineData(7, "äöü!", "äöü!")]
    [InlineData(8, "äöüäöüäöü", "äö\n[… 10 bytes left out]\nöü")]
    [InlineData(6, "äöüäöüäöü", "ä\n[… 14 bytes left out]\nü")]
    public async Task Keeps_TheBeginning_AndTheEnd_InWholeCharacters(int most, string written, string kept)
    {
        foreach (var pieces in new[] { 1, 2, 3, 100 })
        {
            var output = new BoundedOutput(most);
            foreach (var piece in Encoding.UTF8.GetBytes(written).Chunk(pieces))
            {
                await output.DrainAsync(new MemoryStream(piece), CancellationToken.None);
            }

            Assert.Equal(kept, output.ToString());
        }
    }

    [Fact]
    public async Task Holds_NoMoreThanItIsAllowed_HoweverMuchComes()
    {
        var output = new BoundedOutput(1_000);

        await output.DrainAsync(new MemoryStream(new byte[5_000_000]), CancellationToken.None);

        Assert.Equal(new string('\0', 500) + "\n[… 4999000 bytes left out]\n" + new string('\0', 500), output.ToString());
    }

    [Fact]
    public async Task WhatIsNoText_IsReplaced()
    {
        var output = new BoundedOutput(100);

        await output.DrainAsync(new MemoryStream([0xFF, (byte)'a', 0xC3]), CancellationToken.None);

        Assert.Equal("\uFFFDa\uFFFD", output.ToString());
    }
}

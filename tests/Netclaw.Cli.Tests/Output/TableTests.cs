using Netclaw.Cli.Output;

namespace Netclaw.Cli.Tests.Output;

public sealed class TableTests
{
    [Fact]
    public void WrapsTheFlexibleColumns_RatherThanCuttingAnything()
    {
        var table = new Table("ID", "NAME", "SCOPES") { Flexible = ["NAME", "SCOPES"] };
        table.Add("d_12345678", "a laptop with a rather long name", "approvals, pairing, read, write");
        table.Add("d_87654321", "phone", "read");

        var lines = table.Lines(48).ToArray();

        Assert.Equal(
            """
            ID          NAME               SCOPES
            d_12345678  a laptop with a    approvals,
                        rather long name   pairing, read,
                                           write
            d_87654321  phone              read
            """.Split('\n'), lines);
    }

    [Fact]
    public void KeepsEverythingOnOneLine_WhenThereIsRoom()
    {
        var table = new Table("A", "B") { Flexible = ["B"] };
        table.Add("1", "two words");

        Assert.Equal(["A  B", "1  two words"], table.Lines(80));
    }

    [Fact]
    public void ShowsNoEscapes_OfWhatItIsGiven()
    {
        var table = new Table("NAME");
        table.Add("\e[31mred\e[0m\u202Etxt\n");

        Assert.Equal("\uFFFD[31mred\uFFFD[0m\uFFFDtxt", table.Lines(80).Last());
    }

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("a,b,c,d", 4, "a,b,|c,d")]
    [InlineData("indivisible", 4, "indi|visi|ble")]
    [InlineData("", 4, "")]
    [InlineData("exactly", 7, "exactly")]
    public void Wraps_AtSpacesAndCommas(string text, int width, string expected) =>
        Assert.Equal(expected.Split('|'), Wrapping.Wrap(text, width));
}

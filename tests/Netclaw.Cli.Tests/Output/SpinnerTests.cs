using Netclaw.Cli.Output;

namespace Netclaw.Cli.Tests.Output;

public sealed class SpinnerTests
{
    [Fact]
    public void SomebodyWhoLooks_SeesTheStep_AndNothingOfItAfterwards()
    {
        var said = Said(json: false, verbose: false, terminal: true);

        Assert.Contains("checking journal", said, StringComparison.Ordinal);
        Assert.EndsWith("\r\e[K", said);
        Assert.DoesNotContain('\n', said);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    public void Nothing_IsSaid_InJsonOrWhereNobodyLooks(bool json, bool verbose, bool terminal) => Assert.Equal("", Said(json, verbose, terminal));

    [Fact]
    public void Verbose_SaysEachStepOnALineOfItsOwn() => Assert.Equal("· checking home\n· checking journal\n", Said(json: false, verbose: true, terminal: false));

    private static string Said(bool json, bool verbose, bool terminal)
    {
        var error = new StringWriter { NewLine = "\n" };
        var screen = new Screen(
            new Terminal { Out = TextWriter.Null, Error = error, In = TextReader.Null, ErrorIsTerminal = terminal, Color = terminal }, json, verbose);
        using (var spinner = new Spinner(screen, TimeProvider.System))
        {
            spinner.Turn("checking home");
            spinner.Turn("checking journal");
        }

        return error.ToString();
    }
}

using static Netclaw.Runtime.Internals.Hocon.HoconTestText;

namespace Netclaw.Runtime.Internals.Hocon;

/// <summary>Errors of the parser name line and key and say what to do.</summary>
public sealed class ErrorTests
{
    [Theory]
    [InlineData("a {\n  b = 1\n", "(text):1: a: an object that begins here is never closed")]
    [InlineData("a = 1\n}", "(text):2: '}' closes nothing")]
    [InlineData("a = 1\nb = \"x\n", "(text):2: b: a quoted string is not closed")]
    [InlineData("a = \"\"\"x\ny", "(text):1: a: a triple-quoted string is not closed")]
    [InlineData("a {\n  b\n}", "(text):2: a.b: expected '=', ':', '+=' or '{'")]
    [InlineData("a =", "(text):1: a: the key has no value")]
    [InlineData("a.b = x:y", "(text):1: a.b: ':' must be quoted")]
    [InlineData("a = $b", "(text):1: a: '$' must be quoted")]
    [InlineData("a = ${b", "(text):1: a: a substitution is not closed")]
    [InlineData("a = \"\\q\"", "(text):1: a: \\q is not an escape")]
    [InlineData("a = \"\\u12g4\"", "(text):1: a: \\u12 is not followed")]
    [InlineData("a..b = 1", "(text):1: a path has an empty element")]
    [InlineData("[1]", "(text):1: a configuration is an object")]
    [InlineData("{ a = 1 } b", "(text):1: 'b' stands after the closing brace")]
    [InlineData("a = [1 }", "(text):1: a: '}' stands in a list")]
    [InlineData("a = 1 ]", "(text):1: expected the end of the line")]
    [InlineData("include url(\"http://x\")", "(text):1: include reads files only")]
    public void Says_WhereAndWhat(string text, string expected) => Assert.StartsWith(expected, Error(text), StringComparison.Ordinal);

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void BottomlessNesting_IsAnError(char open)
        => Assert.Contains("nested more than 200 deep", Error("a = " + string.Concat(Enumerable.Repeat(open == '[' ? "[" : "{a=", 100_000))), StringComparison.Ordinal);

    [Fact]
    public void EveryPrefixAndEveryDeletion_OfAText_ParsesOrFailsWithALine()
    {
        const string text = "a { b = [1, \"x\\n\", ${?c}] }\nd += \"\"\"y\"\"\" # z\ne = ${a} { \"f.g\" = 10 s }\n";
        for (var at = 0; at < text.Length; at++)
        {
            ParsesOrExplains(text[..at]);
            ParsesOrExplains(text.Remove(at, 1));
        }
    }

    private static void ParsesOrExplains(string text)
    {
        try
        {
            Parse(text);
        }
        catch (Akka.Configuration.ConfigurationException error)
        {
            Assert.Matches(@"^\(text\):\d+: ", error.Message);
        }
    }
}

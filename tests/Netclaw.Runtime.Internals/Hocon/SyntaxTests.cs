using static Netclaw.Runtime.Internals.Hocon.HoconTestText;

namespace Netclaw.Runtime.Internals.Hocon;

/// <summary>HOCON specification: comments, omit root braces, key-value separator, commas, duplicate keys, unquoted and multi-line strings.</summary>
public sealed class SyntaxTests
{
    [Fact]
    public void Reads_Json() => Same("""a = 1, b = [x, "y z"], c.d = true""", """{ "a": 1, "b": ["x", "y z"], "c": { "d": true } }""");

    [Fact]
    public void Ignores_Comments() => Same("a = 1", "# one\na = 1 // two\n// three # four");

    [Fact]
    public void KeepsCommentCharacters_InQuotes() => Assert.Equal("http://x#y", Parse("a = \"http://x#y\"").GetString("a"));

    [Theory]
    [InlineData("a : 42")]
    [InlineData("a = 42")]
    [InlineData("a=42")]
    [InlineData("{ a : 42 }")]
    [InlineData("a =\n  42")]
    [InlineData("\uFEFFa = 42")]
    [InlineData("a = 42\r\n")]
    public void ReadsAField_InEverySpelling(string text) => Assert.Equal(42, Parse(text).GetInt("a"));

    [Fact]
    public void NeedsNoSeparator_BeforeAnObject() => Same("foo.bar = 1", "foo { bar = 1 }");

    [Theory]
    [InlineData("[1,2,3,]")]
    [InlineData("[1,2,3]")]
    [InlineData("[1\n2\n3]")]
    [InlineData("[1,\n2,\n3\n]")]
    public void SeparatesElements_ByCommaOrNewline(string list) => Assert.Equal([1, 2, 3], Parse("a = " + list).GetIntList("a"));

    [Theory]
    [InlineData("a = [1,2,3,,]")]
    [InlineData("a = [,1,2,3]")]
    [InlineData("a = [1,,2,3]")]
    public void RefusesCommas_WithoutElement(string text) => Assert.Contains("comma without an element", Error(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a = 1,, b = 2")]
    [InlineData(", a = 1")]
    public void RefusesCommas_WithoutField(string text) => Assert.StartsWith("(text):1: ", Error(text), StringComparison.Ordinal);

    [Fact]
    public void LaterKeyWins() => Same("a = 2", "a = 1\na = 2");

    [Fact]
    public void ObjectsMerge_UnderOneKey() => Same("foo { a = 42, b = 43 }", """{ "foo" : { "a" : 42 }, "foo" : { "b" : 43 } }""");

    [Fact]
    public void InnerFieldsOverride_WhenObjectsMerge() => Same("foo { a = 42, b = 43 }", "foo { a = 1 }\nfoo { a = 42, b = 43 }");

    [Fact]
    public void AnotherValueBetween_PreventsMerging()
        => Same("foo { b = 43 }", """{ "foo" : { "a" : 42 }, "foo" : null, "foo" : { "b" : 43 } }""");

    [Fact]
    public void TrimsUnquotedText_AndKeepsSpacesInside() => Assert.Equal("foo bar", Parse("a =   foo bar   # end").GetString("a"));

    [Fact]
    public void KeepsEachSpace_BetweenSimpleValues() => Assert.Equal("1   2 true", Parse("a = 1   2 true").GetString("a"));

    [Fact]
    public void JoinsQuotedAndUnquoted() => Assert.Equal("foo bar baz", Parse("a = foo\" bar \"baz").GetString("a"));

    [Fact]
    public void ReadsEscapes() => Assert.Equal("\"\\/\b\f\n\r\t\u00e9", Parse("""a = "\"\\\/\b\f\n\r\t\u00e9" """).GetString("a"));

    [Fact]
    public void TripleQuotes_KeepLinesAndBackslashes() => Assert.Equal("a\n\\n \"b\"", Parse("a = \"\"\"a\n\\n \"b\"\"\"\"").GetString("a"));

    [Fact]
    public void ReadsPathsAsKeys() => Same("foo { bar { baz : 42 } }", "foo.bar.baz : 42");

    [Fact]
    public void MergesPathKeys() => Same("a { x : 42, y : 43 }", "a.x : 42, a.y : 43");

    [Fact]
    public void KeysMayHoldSpaces_AndNumbers() => Same("\"a b c\" = 42, \"10\".\"0foo\" = 1", "a b c : 42, 10.0foo : 1");

    [Fact]
    public void QuotedDots_DoNotSplit() => Same("a { \"b.c\" { d = 1 } }", "a.\"b.c\".d = 1");

    [Fact]
    public void TrueAsKey_IsText() => Assert.Equal(42, Parse("true : 42").GetInt("true"));

    [Fact]
    public void RendersText_ThatParsesBack()
    {
        const string text = "a { b = \"x\\n\\\"y\\\"\", \"c.d\" = [1, { e = null }, []] }\nf = 10 s";
        Same(text, Parse(text).ToString());
    }
}

using static Netclaw.Runtime.Internals.Hocon.HoconTestText;

namespace Netclaw.Runtime.Internals.Hocon;

/// <summary>HOCON specification: value concatenation, substitutions, self-referential substitutions, <c>+=</c>.</summary>
public sealed class SubstitutionTests
{
    [Theory]
    [InlineData("a : { b : 1, c : 2 }", "a : { b : 1 } { c : 2 }")]
    [InlineData("a : { b : 1, c : 2 }", "a : { b : 1, c : 2 }")]
    [InlineData("a : { b : 1, c : 2 }", "a : { b : 1 }, a : { c : 2 }")]
    [InlineData("a : [1, 2, 3, 4]", "a : [ 1, 2 ] [ 3, 4 ]")]
    [InlineData("x { cluster-size = 6 }, east { cluster-size = 6, name = east }", "x = { cluster-size = 6 }, east = ${x} { name = \"east\" }")]
    [InlineData("x = [ /bin ], path = [ /bin, /usr/bin ]", "x = [ /bin ], path = ${x} [ /usr/bin ]")]
    public void Concatenates(string expected, string text) => Same(expected, text);

    [Fact]
    public void ListsOfTwoWordsAndLists_StayApart() => Same("a = [\"1 2\", [3, 4]]", "a = [ 1 2, [3] [4] ]");

    [Theory]
    [InlineData("a = [1] foo")]
    [InlineData("a = { b = 1 } foo")]
    [InlineData("a = { b = 1 } [1]")]
    public void RefusesMixedConcatenation(string text) => Assert.Contains("cannot be joined", Error(text), StringComparison.Ordinal);

    [Fact]
    public void LooksAtTheWholeText_NotOnlyBefore() => Assert.Equal("43", Parse("a = ${b}\nb = 42\nb = 43").GetString("a"));

    [Fact]
    public void KeepsTheShape_OfWhatItRefersTo() => Same("b { c = [1] }, a { c = [1] }", "a = ${b}, b { c = [1] }");

    [Fact]
    public void IsText_InQuotes() => Assert.Equal("${b}", Parse("a = \"${b}\"").GetString("a"));

    [Fact]
    public void JoinsText() => Assert.Equal("/home/x/bin", Parse("home = /home/x, a = ${home}/bin").GetString("a"));

    [Fact]
    public void AnObjectMayReferToItsOwnParts() => Same("bar { foo = 42, baz = 42 }", "bar : { foo : 42, baz : ${bar.foo} }");

    [Fact]
    public void LaterValue_IsSeenByEarlierReference()
        => Same("bar { foo = 43, baz = 43 }", "bar : { foo : 42, baz : ${bar.foo} }\nbar : { foo : 43 }");

    [Fact]
    public void MutuallyReferringObjects_Resolve()
        => Same("bar { a = 4, b = 3 }, foo { c = 3, d = 4 }", "bar : { a : ${foo.d}, b : 1 }\nbar.b = 3\nfoo : { c : ${bar.b}, d : 2 }\nfoo.d = 4");

    [Fact]
    public void SelfReference_LooksBack() => Same("path = \"a:b:c:d\"", "path : \"a:b:c\"\npath : ${path}\":d\"");

    [Fact]
    public void SelfReference_InAnObject_LooksBack() => Same("foo { a { c = 1 } }, bar { path = [/bin, /usr/bin] }",
        "foo { a { c = 1 } }, bar.path = [/bin], bar { path = ${bar.path} [/usr/bin] }");

    [Fact]
    public void SelfReference_ToAPart_LooksBack() => Same("foo { a = 2, c = 1 }", "foo : { a : { c : 1 } }\nfoo : ${foo.a}\nfoo : { a : 2 }");

    [Fact]
    public void PlusEquals_Appends() => Same("a = [1, 2, 3]", "a = [1]\na += 2\na = ${a} [3]");

    [Fact]
    public void PlusEquals_StartsAList() => Same("a { b = [1, 2] }", "a { b += 1 }\na { b += 2 }");

    [Fact]
    public void HiddenReference_IsNeverEvaluated() => Same("foo = 42", "foo : ${does-not-exist}\nfoo : 42");

    [Fact]
    public void OptionalWithoutValue_LeavesNoKey() => Assert.False(Parse("a = ${?netclaw_test_no_such_thing}").HasPath("a"));

    [Fact]
    public void OptionalWithoutValue_KeepsTheEarlierValue() => Assert.Equal(1, Parse("a = 1\na = ${?netclaw_test_no_such_thing}").GetInt("a"));

    [Fact]
    public void OptionalWithoutValue_IsEmptyInTextListAndObject()
        => Same("a = xy, b = [1], c { d = 1 }, e = [2]", "a = x${?nope}y, b = [1, ${?nope}], c = ${?nope} { d = 1 }, e = ${?nope} [2]");

    [Fact]
    public void OptionalSelfReference_WithoutEarlierValue_IsUndefined() => Same("b = foo", "a = ${?a}, b = ${?b}foo");

    [Theory]
    [InlineData("a = ${a}")]
    [InlineData("bar : ${foo}\nfoo : ${bar}")]
    [InlineData("a { b = ${a} }")]
    [InlineData("a = ${a}bc")]
    public void Cycle_IsAnError(string text) => Assert.Contains("refers to itself", Error(text), StringComparison.Ordinal);

    [Fact]
    public void MissingReference_NamesLineKeyAndPath()
    {
        var error = Error("a = 1\nb {\n  c = ${no.such.key}\n}");
        Assert.StartsWith("(text):3: b.c: ${no.such.key}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void FallsBackToTheEnvironment()
    {
        var name = "NETCLAW_TEST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "from outside");
        try
        {
            Same("a = \"from outside\", b = \"from outside\", c = x", $"a = ${{{name}}}, b = ${{?{name}}}, c = x, c = ${{?{name}_NOT}}");
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void Null_StopsTheEnvironment() => Assert.False(Parse("PATH = null, a = ${PATH}").HasPath("a"));
}

using Akka.Configuration;

namespace Netclaw.Runtime.Internals.Hocon;

/// <summary>HOCON specification: includes, from files.</summary>
public sealed class IncludeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("netclaw-hocon-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Includes_RelativeToTheFile()
    {
        Write("sub/inner.conf", "x = 1");
        Write("sub/middle.conf", "include \"inner.conf\"\ny = 2");
        Assert.Equal((1, 2), Load("include \"sub/middle.conf\"") is var config ? (config.GetInt("x"), config.GetInt("y")) : default);
    }

    [Theory]
    [InlineData("include \"part\"")]
    [InlineData("include file(\"part.conf\")")]
    [InlineData("include required(\"part.conf\")")]
    [InlineData("include required(file(\"part.conf\"))")]
    public void Includes_InEverySpelling(string statement)
    {
        Write("part.conf", "x = 1");
        Assert.Equal(1, Load(statement).GetInt("x"));
    }

    [Fact]
    public void MergesWhereItStands_LaterKeysWin()
    {
        Write("part.conf", "a = 2, b = 2, o { p = 1 }");
        var config = Load("a = 1, o { q = 2 }\ninclude \"part.conf\"\nb = 3");
        Assert.Equal((2, 3, 1, 2), (config.GetInt("a"), config.GetInt("b"), config.GetInt("o.p"), config.GetInt("o.q")));
    }

    [Fact]
    public void SubstitutionsOfAnIncludedFile_AreRelativeToTheInclude_ThenToTheRoot()
    {
        Write("part.conf", "x = 10, y = ${x}, z = ${outside}");
        var config = Load("a : { include \"part.conf\" }\na { x = 42 }\noutside = 7");
        Assert.Equal((42, 7), (config.GetInt("a.y"), config.GetInt("a.z")));
    }

    [Fact]
    public void MissingFile_IsEmpty_UnlessRequired()
    {
        Assert.Equal(1, Load("include \"nowhere.conf\"\na = 1").GetInt("a"));
        var error = Assert.Throws<ConfigurationException>(() => Load("a = 1\ninclude required(\"nowhere.conf\")"));
        Assert.Contains("main.conf:2: include required(\"nowhere.conf\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIncludesItself_IsAnError()
    {
        Write("part.conf", "include \"part.conf\"");
        Assert.Contains("includes itself", Assert.Throws<ConfigurationException>(() => Load("include \"part.conf\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_NameTheIncludedFile()
    {
        Write("part.conf", "\nx = [1");
        var error = Assert.Throws<ConfigurationException>(() => Load("a { include \"part.conf\" }"));
        Assert.Contains($"part.conf:2: a.x: a list that begins here is never closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IncludeAsKey_IsAKey() => Assert.Equal(1, Load("include = 1").GetInt("include"));

    private Config Load(string text)
    {
        Write("main.conf", text);
        return ConfigurationFactory.ParseFile(Path.Combine(_directory, "main.conf"));
    }

    private void Write(string name, string text)
    {
        var file = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

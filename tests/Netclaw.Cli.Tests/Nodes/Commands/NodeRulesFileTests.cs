using Netclaw.Cli.Failures;
using Netclaw.Cli.Nodes.Commands;

namespace Netclaw.Cli.Tests.Nodes.Commands;

public sealed class NodeRulesFileTests : IDisposable
{
    private readonly LentHome _home = new();

    [Fact]
    public void LendsNothing_WithoutAFile()
    {
        var rules = NodeRulesFile.Read(Path.Combine(_home.Root, "node.json"), LentHome.SearchPath);

        Assert.Empty(rules.Roots);
        Assert.Empty(rules.Allow);
        Assert.Empty(rules.Deny);
    }

    [Fact]
    public void ReadsAllThree_AndFindsPlainNamesOnce()
    {
        var rules = _home.Rules("""{"roots":["/srv"],"allow":[["/usr/bin/git-not-there","status"],["printf"]],"deny":[["printf","-v"]]}""");

        Assert.Equal(["/srv"], rules.Roots.AsEnumerable());
        Assert.Equal(["/usr/bin/git-not-there", "printf"], rules.Allow.Select(rule => rule.Program));
        Assert.Equal(["status"], rules.Allow[0].Arguments.AsEnumerable());
        Assert.Null(rules.Allow[0].Found);
        Assert.Equal("/usr/bin/printf", rules.Allow[1].Found?.Path);
        Assert.Equal(["-v"], Assert.Single(rules.Deny).Arguments.AsEnumerable());
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("[]", 1, 1)]
    [InlineData("{\n  \"allow\": [[\"ls\"],]\n}", 2, 20)]
    [InlineData("{\n  \"alow\": []\n}", 2, 3)]
    [InlineData("{\n  \"allow\": [],\n  \"allow\": []\n}", 3, 3)]
    [InlineData("{\"allow\": [\"ls\"]}", 1, 12)]
    [InlineData("{\"allow\": [[]]}", 1, 13)]
    [InlineData("{\"allow\": [[\"./ls\"]]}", 1, 13)]
    [InlineData("{\n\"allow\": [[\"ls\", 7]]}", 2, 18)]
    [InlineData("{\"roots\":\n [\"/a\",\n  \"b\"]}", 3, 3)]
    [InlineData("{} x", 1, 4)]
    public void NamesLineAndColumn_WhenItIsDamaged(string json, int line, int column)
    {
        var failure = Assert.Throws<CommandFailure>(() => _home.Rules(json));

        Assert.Equal("config_invalid", failure.Error.Code);
        Assert.Contains($"node.json, line {line}, column {column}: ", failure.Message);
        Assert.Contains("Nothing is lent", failure.Message);
    }

    [Fact]
    public void IsRefused_WhenOthersCanWriteIt()
    {
        var path = _home.Write("node.json", "{}");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        var failure = Assert.Throws<CommandFailure>(() => NodeRulesFile.Read(path, LentHome.SearchPath));

        Assert.Equal($"chmod go-w '{path}'", failure.Error.Remedy);
    }

    [Fact]
    public void IsAnError_WhenItCannotBeRead() =>
        Assert.Equal("config_invalid", Assert.Throws<CommandFailure>(() => NodeRulesFile.Read(_home.MakeDirectory("node.json"), LentHome.SearchPath)).Error.Code);

    public void Dispose() => _home.Dispose();
}

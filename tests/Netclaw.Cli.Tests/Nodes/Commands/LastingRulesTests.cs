using System.Text;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Nodes.Commands;

namespace Netclaw.Cli.Tests.Nodes.Commands;

/// <summary>What an operator allows for ever stands in the rules' file, beside all that stood there.</summary>
public sealed class LastingRulesTests : IDisposable
{
    private static readonly RunQuestion Asked = new(ProgramPath.Find("printf", LentHome.SearchPath)!, ["a\n", "é"], "/", new Dictionary<string, string>());

    private readonly LentHome _home = new();

    private string FilePath => Path.Combine(_home.Root, NodeRules.FileName);

    [Theory]
    [InlineData("{}", """{"allow": [LINE]}""")]
    [InlineData("{ }\n", "{\"allow\": [LINE] }\n")]
    [InlineData("{\n}\n", "{\n  \"allow\": [LINE]\n}\n")]
    [InlineData("{\"allow\":[]}", "{\"allow\":[LINE]}")]
    [InlineData("{\"allow\":[ [ \"ls\" ] ],\"deny\":[[\"rm\"]]}", "{\"allow\":[ [ \"ls\" ], LINE ],\"deny\":[[\"rm\"]]}")]
    [InlineData("{\n  \"deny\": [[\"rm\"]],\n  \"ask\": true\n}", "{\n  \"deny\": [[\"rm\"]],\n  \"ask\": true,\n  \"allow\": [LINE]\n}")]
    [InlineData("{\n\t\"allow\": [\n\t\t[\"ls\"],\n\t\t{\"exactly\":[\"id\"]}\n\t],\n\t\"roots\": [\"/\"]\n}", "{\n\t\"allow\": [\n\t\t[\"ls\"],\n\t\t{\"exactly\":[\"id\"]},\n\t\tLINE\n\t],\n\t\"roots\": [\"/\"]\n}")]
    public void ALineIsAdded_AndEveryOtherByteStays(string before, string after)
    {
        var rules = new LastingRules(FilePath, _home.Rules(before));

        rules.Allow(Asked);

        Assert.Equal(after.Replace("LINE", """{"exactly":["/usr/bin/printf","a\n","é"]}""", StringComparison.Ordinal), File.ReadAllText(FilePath));
        Assert.True(rules.Allows(Asked));
        Assert.True(NodeRulesFile.Read(FilePath, LentHome.SearchPath).Allows(Asked.Program, Asked.Arguments));
        Assert.False(rules.Allows(Asked with { Arguments = ["a\n", "é", "more"] }));
    }

    [Fact]
    public void WithoutAFile_OneIsMade_ThatIsItsOwnersAlone()
    {
        new LastingRules(FilePath, NodeRules.Nothing(LentHome.SearchPath)).Allow(Asked);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.True(NodeRulesFile.Read(FilePath, LentHome.SearchPath).Allows(Asked.Program, Asked.Arguments));
    }

    [Fact]
    public void WhatIsAllowedAlready_IsNotWrittenAgain()
    {
        var rules = new LastingRules(FilePath, _home.Rules("{}"));
        rules.Allow(Asked);
        var once = File.ReadAllText(FilePath);

        rules.Allow(Asked);

        Assert.Equal(once, File.ReadAllText(FilePath));
    }

    [Theory]
    [InlineData("{\"allow\":[", "line 1, column 11")]
    [InlineData("{\"deny\":[[\"printf\"]]}", "denies /usr/bin/printf by now")]
    public void ADamagedFile_OrOneThatDenies_IsAnError_AndStaysAsItIs(string meanwhile, string says)
    {
        var rules = new LastingRules(FilePath, _home.Rules("{}"));
        File.WriteAllText(FilePath, meanwhile);

        var failure = Assert.Throws<CommandFailure>(() => rules.Allow(Asked));

        Assert.Equal("config_invalid", failure.Error.Code);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(meanwhile, File.ReadAllText(FilePath));
        Assert.False(rules.Allows(Asked));
    }

    [Fact]
    public void AFullFile_StaysAsItIs()
    {
        var full = $"{{\"roots\":[\"/{new string('a', NodeRulesFile.MostBytes - 20)}\"]}}";
        var rules = new LastingRules(FilePath, _home.Rules(full));

        Assert.Contains("KiB", Assert.Throws<CommandFailure>(() => rules.Allow(Asked)).Message, StringComparison.Ordinal);
        Assert.Equal(full, File.ReadAllText(FilePath, Encoding.UTF8));
    }

    [Fact]
    public void AFileBehindALink_IsWritten_AndTheLinkStays()
    {
        var file = _home.Write("mine.json", "{}");
        File.CreateSymbolicLink(FilePath, file);

        new LastingRules(FilePath, NodeRulesFile.Read(FilePath, LentHome.SearchPath)).Allow(Asked);

        Assert.NotNull(new FileInfo(FilePath).LinkTarget);
        Assert.Contains("exactly", File.ReadAllText(file), StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();
}

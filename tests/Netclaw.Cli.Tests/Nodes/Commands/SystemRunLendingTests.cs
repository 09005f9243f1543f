using Netclaw.Cli.Nodes;
using Netclaw.Cli.Nodes.Commands;

namespace Netclaw.Cli.Tests.Nodes.Commands;

/// <summary>Which programs run, and with which variables.</summary>
public sealed class SystemRunLendingTests : IDisposable
{
    private readonly LentHome _home = new();

    [Fact]
    public async Task DeniesWhatIsNotListed_WithTheLineThatLendsIt()
    {
        var denied = await LentHome.FailedAsync(Run("{}"), """{"command":["printf","é"]}""");

        Assert.Equal(NodeAnswer.Failed.Denied, denied.Code);
        Assert.EndsWith("""under "allow" in node.json: ["/usr/bin/printf","é"]""", denied.Message);
    }

    [Fact]
    public async Task Denial_BeatsAllowance()
    {
        var run = Run("""{"allow":[["printf"]],"deny":[["printf","no"]]}""");

        Assert.Equal("yes", (await LentHome.DoneAsync(run, """{"command":["printf","yes"]}""")).GetProperty("stdout").GetString());
        Assert.Equal(NodeAnswer.Failed.Denied, (await LentHome.FailedAsync(run, """{"command":["/usr/bin/printf","no","more"]}""")).Code);
    }

    [Fact]
    public async Task Denial_IsNotLedAroundByALink()
    {
        var link = _home.Link("alias", "/usr/bin/printf");

        Assert.Equal("a", (await LentHome.DoneAsync(Run($$"""{"allow":[["{{link}}"]]}"""), $$"""{"command":["{{link}}","a"]}""")).GetProperty("stdout").GetString());
        foreach (var deny in (string[])["printf", "/usr/bin/printf"])
        {
            var denied = await LentHome.FailedAsync(Run($$"""{"allow":[["{{link}}"]],"deny":[["{{deny}}"]]}"""), $$"""{"command":["{{link}}","a"]}""");
            Assert.Equal(NodeAnswer.Failed.Denied, denied.Code);
        }
    }

    [Fact]
    public async Task Allowance_IsOfOneName_AndOfItsFirstArguments()
    {
        var link = _home.Link("printf", "/usr/bin/printf");
        var run = Run("""{"allow":[["printf","a"]]}""");

        Assert.Equal("a", (await LentHome.DoneAsync(run, """{"command":["printf","a","b"]}""")).GetProperty("stdout").GetString());
        Assert.Equal(NodeAnswer.Failed.Denied, (await LentHome.FailedAsync(run, $$"""{"command":["{{link}}","a"]}""")).Code);
        Assert.Equal(NodeAnswer.Failed.Denied, (await LentHome.FailedAsync(run, """{"command":["printf","b","a"]}""")).Code);
        Assert.Equal(NodeAnswer.Failed.Denied, (await LentHome.FailedAsync(run, """{"command":["printf"]}""")).Code);
    }

    [Fact]
    public async Task Asks_OnlyWhatNoRuleSpeaksOf()
    {
        var asked = new List<string>();
        var run = new SystemRun(_home.Rules("""{"allow":[["true"]],"deny":[["false"]]}"""), (command, _) =>
        {
            asked.Add(string.Join(' ', command));
            return Task.FromResult(command[^1] == "yes");
        }, TimeProvider.System);

        await LentHome.DoneAsync(run, """{"command":["true"]}""");
        await LentHome.FailedAsync(run, """{"command":["false"]}""");
        Assert.Equal("yes", (await LentHome.DoneAsync(run, """{"command":["printf","yes"]}""")).GetProperty("stdout").GetString());
        Assert.Equal(NodeAnswer.Failed.Denied, (await LentHome.FailedAsync(run, """{"command":["printf","no"]}""")).Code);

        Assert.Equal(["/usr/bin/printf yes", "/usr/bin/printf no"], asked);
    }

    [Fact]
    public async Task HandsOnAFewVariables_AndTheCallers()
    {
        Environment.SetEnvironmentVariable("LENDING_TEST_SECRET", "hidden");

        var answer = await LentHome.DoneAsync(Run("""{"allow":[["env"]]}"""), """{"command":["env"],"env":{"COLOUR":"blue","LANG":"C.UTF-8"}}""");

        var lines = answer.GetProperty("stdout").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("COLOUR=blue", lines);
        Assert.Contains("LANG=C.UTF-8", lines);
        Assert.Contains("PATH=" + LentHome.SearchPath, lines);
        Assert.All(lines.Select(line => line.Split('=')[0]), name =>
            Assert.True(name is "COLOUR" or "PATH" or "HOME" or "LANG" or "TZ" or "TERM" or "USER" or "LOGNAME" || name.StartsWith("LC_", StringComparison.Ordinal), name));
    }

    [Theory]
    [InlineData("LD_PRELOAD")]
    [InlineData("ld_preload")]
    [InlineData("DYLD_INSERT_LIBRARIES")]
    [InlineData("NODE_OPTIONS")]
    [InlineData("OPENSSL_CONF")]
    [InlineData("LESSOPEN")]
    [InlineData("npm_config_script_shell")]
    [InlineData("BASH_ENV")]
    [InlineData("BASH_FUNC_ls%%")]
    [InlineData("ENV")]
    [InlineData("PYTHONPATH")]
    [InlineData("PERL5LIB")]
    [InlineData("RUBYOPT")]
    [InlineData("GIT_SSH_COMMAND")]
    [InlineData("IFS")]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("NETCLAW_HOME")]
    public async Task RefusesByName_AVariableThatChangesThePrograms(string name)
    {
        var denied = await LentHome.FailedAsync(Run("""{"allow":[["env"]]}"""), $$$"""{"command":["env"],"env":{"{{{name}}}":"x"}}""");

        Assert.Equal(NodeAnswer.Failed.Denied, denied.Code);
        Assert.Contains(name, denied.Message);
    }

    public void Dispose() => _home.Dispose();

    private SystemRun Run(string rules) => new(_home.Rules(rules), null, TimeProvider.System);
}

using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Invocation;

public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Theory]
    [InlineData("bash", "complete -o default -F _netclaw_complete netclaw")]
    [InlineData("zsh", "compdef _netclaw netclaw")]
    [InlineData("fish", "complete --no-files --command netclaw")]
    public async Task PrintsAScript_ForEachShell(string shell, string line)
    {
        Assert.Contains(line, (await CliRun.Of(_home, "completion", shell)).Out);
        var json = (await CliRun.Of(_home, "completion", shell, "--json")).Json();
        Assert.Equal(shell, json.GetProperty("shell").GetString());
        Assert.Contains(line, json.GetProperty("script").GetString());
    }

    [Theory]
    [InlineData("netclaw dev", "devices\n")]
    [InlineData("netclaw devices rej", "reject\n")]
    [InlineData("netclaw explain gateway_k", "gateway_key_changed\n")]
    public async Task AnswersTheScripts(string typed, string expected)
    {
        var run = await CliRun.Of(_home, $"[suggest:{typed.Length}]", typed);

        Assert.Equal(expected, run.Out);
        Assert.Equal(ExitCodes.Ok, run.ExitCode);
    }

    public void Dispose() => _home.Dispose();
}

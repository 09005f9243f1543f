using System.Text.Json;
using Netclaw.Cli.Nodes;
using Netclaw.Cli.Nodes.Commands;
using Netclaw.Protocol.Processes;

namespace Netclaw.Cli.Tests.Nodes.Commands;

public sealed class SystemRunTests : IDisposable
{
    private readonly LentHome _home = new();

    [Fact]
    public async Task Answers_WithTheExitCodeAndBothOutputs()
    {
        var answer = await LentHome.DoneAsync(Shell(), Script("echo out; echo err >&2; exit 3"));

        Assert.Equal(
            """{"exitCode":3,"timedOut":false,"success":false,"stdout":"out\n","stderr":"err\n","error":null}""",
            answer.GetRawText());
    }

    [Fact]
    public async Task GivesTheProgramNothingToRead() =>
        Assert.Equal("end\n", Output(await LentHome.DoneAsync(Shell(), Script("cat; echo end"))));

    [Fact]
    public async Task PassesEveryArgumentAsItIs_WithoutAShell()
    {
        var run = Run("""{"allow":[["printf"]]}""");

        Assert.Equal("[$HOME; a  b]['*']", Output(await LentHome.DoneAsync(run, """{"command":["printf","[%s]","$HOME; a  b","'*'"]}""")));
    }

    [Fact]
    public async Task CutsAFlood_AndTheProgramRunsToItsEnd()
    {
        var answer = await LentHome.DoneAsync(Shell(), Script("head -c 50000000 /dev/zero | tr '\\0' a; echo end >&2"));

        Assert.Equal(0, answer.GetProperty("exitCode").GetInt32());
        Assert.Equal(new string('a', RunWatch.MostBytes / 2) + $"\n[… {50_000_000 - RunWatch.MostBytes} bytes left out]\n" + new string('a', RunWatch.MostBytes / 2), Output(answer));
        Assert.Equal("end\n", answer.GetProperty("stderr").GetString());
    }

    [Fact]
    public async Task ToleratesWhatOthersAdd_AndTakesTheLineOnlyAsAnEcho()
    {
        var run = Run("""{"allow":[["echo"]]}""");

        var answer = await LentHome.DoneAsync(run, """{"command":["echo","a"],"rawCommand":"echo a","agentId":"x","sessionKey":"y","runId":"z","cwd":null}""");
        var refused = await LentHome.FailedAsync(run, """{"command":["echo","a"],"rawCommand":"echo b"}""");

        Assert.Equal("a\n", Output(answer));
        Assert.Equal(NodeAnswer.Failed.Invalid, refused.Code);
        Assert.Contains("rawCommand", refused.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"command":"ls"}""")]
    [InlineData("""{"command":[]}""")]
    [InlineData("""{"command":[""]}""")]
    [InlineData("""{"command":["./ls"]}""")]
    [InlineData("""{"command":["ls",1]}""")]
    [InlineData("""{"command":["ls","a\u0000b"]}""")]
    [InlineData("""{"command":["ls","\ud800"]}""")]
    [InlineData("""{"command":["ls"],"cwd":"here"}""")]
    [InlineData("""{"command":["ls"],"timeoutMs":-1}""")]
    [InlineData("""{"command":["ls"],"env":{"A=B":"c"}}""")]
    public async Task RefusesAnotherForm(string parameters) =>
        Assert.Equal(NodeAnswer.Failed.Invalid, (await LentHome.FailedAsync(Run("""{"allow":[["ls"]]}"""), parameters)).Code);

    [Fact]
    public async Task Fails_WhenThereIsNoSuchProgram()
    {
        var failed = await LentHome.FailedAsync(Shell(), """{"command":["no-such-program"]}""");

        Assert.Equal(NodeAnswer.Failed.NotDone, failed.Code);
        Assert.Contains("no-such-program", failed.Message);
    }

    [Fact]
    public async Task WorksInsideTheRootsOnly()
    {
        var inside = _home.MakeDirectory("lent/inside");
        var outside = _home.MakeDirectory("lent-not");
        _home.Link("lent/escape", outside);
        _home.Link("way-in", inside);
        var run = Run($$"""{"roots":["{{_home.Root}}/lent"],"allow":[["pwd"]]}""");

        Assert.Equal(Path.Combine(_home.Root, "lent") + "\n", Output(await LentHome.DoneAsync(run, """{"command":["pwd"]}""")));
        Assert.Equal(inside + "\n", Output(await LentHome.DoneAsync(run, $$"""{"command":["pwd"],"cwd":"{{_home.Root}}/way-in"}""")));
        foreach (var path in (string[])["lent/escape", "lent/../lent-not", "lent-not", "not-there", "lent/inside/../../lent-not"])
        {
            Assert.Equal(NodeAnswer.Failed.Denied, (await LentHome.FailedAsync(run, $$"""{"command":["pwd"],"cwd":"{{_home.Root}}/{{path}}"}""")).Code);
        }

        Assert.Equal(NodeAnswer.Failed.NotDone, (await LentHome.FailedAsync(run, $$"""{"command":["pwd"],"cwd":"{{_home.Root}}/lent/gone"}""")).Code);
    }

    public void Dispose() => _home.Dispose();

    private static string Output(JsonElement answer) => answer.GetProperty("stdout").GetString()!;

    private static string Script(string script) => JsonSerializer.Serialize(new { command = new[] { "sh", "-c", script } });

    private SystemRun Shell() => Run("""{"allow":[["sh"]]}""");

    private SystemRun Run(string rules) => new(_home.Rules(rules), null, TimeProvider.System);
}

using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>A node's own host asks operators about what its rules do not speak of: real daemon, real node, real command line.</summary>
public sealed class NodeApprovalTests
{
    private const string Uname = """{"command":["uname","-s"],"cwd":"/","env":{"COLOUR":"blue"}}""";

    [Fact]
    public async Task AllowedOnce_ItRunsOnce_AndIsAskedAgain()
    {
        await using var lending = await Lending.StartAsync();
        await using var asked = lending.Invoke(Uname);
        var question = await lending.QuestionAsync();
        var shown = question.GetProperty("request");
        Assert.Equal(("/usr/bin/uname -s", "/", "den", "node"), (Text(shown, "command"), Text(shown, "cwd"), Text(shown, "nodeName"), Text(shown, "host")));
        Assert.Equal("COLOUR", Assert.Single(shown.GetProperty("envKeys").EnumerateArray()).GetString());
        var listed = (await lending.Gateway.RunAsync("approvals", "list")).Expect(ExitCodes.Ok).Out;
        Assert.All((string[])[Text(question, "id"), "/usr/bin/uname -s", "den", "COLOUR"], text => Assert.Contains(text, listed, StringComparison.Ordinal));

        (await lending.Gateway.RunAsync("approvals", "allow", Text(question, "id"))).Expect(ExitCodes.Ok);

        Assert.Equal("Linux\n", Output(await asked.FinishAsync()));
        Assert.False(File.Exists(lending.RulesFile));
        await using var again = lending.Invoke(Uname);
        await lending.QuestionAsync();
        (await lending.Gateway.RunAsync("approvals", "deny", "den")).Expect(ExitCodes.Ok);
        var denied = await again.FinishAsync();
        Assert.Equal("node_failed", denied.Code());
        Assert.Contains("denied /usr/bin/uname. Its owner lends it by this line", denied.Out + denied.Error, StringComparison.Ordinal);
        Assert.Equal("approval_not_found", (await lending.Gateway.RunAsync("approvals", "allow", Text(question, "id"), "--json")).Code());
        Assert.Contains(await File.ReadAllLinesAsync(lending.Gateway.Home.AuditLog), line => line.Contains("exec.approval.resolve allow-once", StringComparison.Ordinal)
            && line.Contains(Text(question, "id"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllowedForEver_ItRuns_AndIsNotAskedAgain_AlsoAfterARestartOfTheNode()
    {
        const string Before = "{\n  \"deny\": [[\"rm\"]]\n}\n";
        await using var lending = await Lending.StartAsync(Before);
        await using var asked = lending.Invoke(Uname);
        (await lending.Gateway.RunAsync("approvals", "allow", Text(await lending.QuestionAsync(), "id"), "--always")).Expect(ExitCodes.Ok);
        Assert.Equal("Linux\n", Output(await asked.FinishAsync()));
        Assert.Equal("{\n  \"deny\": [[\"rm\"]],\n  \"allow\": [{\"exactly\":[\"/usr/bin/uname\",\"-s\"]}]\n}\n", await File.ReadAllTextAsync(lending.RulesFile));

        await using (var same = lending.Invoke(Uname))
        {
            Assert.Equal("Linux\n", Output(await same.FinishAsync()));
        }

        await lending.RestartNodeAsync();
        await using (var same = lending.Invoke(Uname))
        {
            Assert.Equal("Linux\n", Output(await same.FinishAsync()));
        }

        await using var more = lending.Invoke("""{"command":["uname","-s","-r"]}""");
        Assert.Equal("/usr/bin/uname -s -r", Text((await lending.QuestionAsync()).GetProperty("request"), "command"));
        (await lending.Gateway.RunAsync("approvals", "deny", "den")).Expect(ExitCodes.Ok);
        Assert.Equal("node_failed", (await more.FinishAsync()).Code());
    }

    [Fact]
    public async Task NobodyAnswers_NothingRuns_AndTheQuestionIsTakenBack()
    {
        await using var lending = await Lending.StartAsync();
        var marker = Path.Combine(lending.Den.Root, "ran");
        await using var asked = lending.Invoke($$"""{"command":["touch","{{marker}}"]}""", timeout: "3");

        Assert.Equal("node_invoke_timed_out", (await asked.FinishAsync()).Code());

        await Eventually.TrueAsync(async () => (await lending.Gateway.JsonAsync("approvals", "list")).GetProperty("pending").GetArrayLength() == 0, "nothing is asked any more");
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task DamagedRules_AreNotWrittenOver_AndNothingRuns()
    {
        await using var lending = await Lending.StartAsync("{}");
        await using var asked = lending.Invoke(Uname);
        var id = Text(await lending.QuestionAsync(), "id");
        await File.WriteAllTextAsync(lending.RulesFile, "{\"deny\": [");

        (await lending.Gateway.RunAsync("approvals", "allow", id, "--always")).Expect(ExitCodes.Ok);

        var failed = await asked.FinishAsync();
        Assert.Equal("node_failed", failed.Code());
        Assert.Contains("nothing was run", failed.Out + failed.Error, StringComparison.Ordinal);
        Assert.Equal("{\"deny\": [", await File.ReadAllTextAsync(lending.RulesFile));
    }

    [Fact]
    public async Task ARestartOfTheGateway_EndsTheQuestion_AndTheNodeComesBack()
    {
        await using var lending = await Lending.StartAsync();
        var marker = Path.Combine(lending.Den.Root, "ran");
        await using var asked = lending.Invoke($$"""{"command":["touch","{{marker}}"]}""");
        var id = Text(await lending.QuestionAsync(), "id");

        await lending.Gateway.KillAndRestartAsync();

        Assert.NotEqual(ExitCodes.Ok, (await asked.FinishAsync()).ExitCode);
        Assert.Equal("approval_not_found", (await lending.Gateway.RunAsync("approvals", "allow", id, "--json")).Code());
        await lending.StandsAsync("approved");
        Assert.Empty((await lending.Gateway.JsonAsync("approvals", "list")).GetProperty("pending").EnumerateArray());
        Assert.False(File.Exists(marker));
    }

    [Fact]
    public async Task WhereNobodyShallBeAsked_NobodyIs()
    {
        await using var lending = await Lending.StartAsync("""{"ask":false}""");
        await using var asked = lending.Invoke(Uname);

        var refused = await asked.FinishAsync();

        Assert.Equal("node_failed", refused.Code());
        Assert.Contains("does not lend /usr/bin/uname", refused.Out + refused.Error, StringComparison.Ordinal);
    }

    private static string Output(Finished finished) => Text(finished.Expect(ExitCodes.Ok).Json().GetProperty("payload"), "stdout");

    private static string Text(JsonElement from, string member) => from.GetProperty(member).GetString()!;
}

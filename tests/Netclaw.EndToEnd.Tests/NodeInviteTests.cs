using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using static Netclaw.EndToEnd.Tests.Machines.NodesOf;

namespace Netclaw.EndToEnd.Tests;

/// <summary><c>netclaw nodes invite</c> on the gateway, and its link on another machine.</summary>
public sealed class NodeInviteTests
{
    [Fact]
    public async Task Node_JoinsByItsLink_IsServedAtOnce_AndComesBackByItself()
    {
        await using var gateway = new Machine();
        await using var den = new Machine();
        await gateway.UpAsync();
        AllowEcho(den);
        var link = await InviteAsync(gateway);
        Assert.StartsWith("oc-pair://", link, StringComparison.Ordinal);

        await using (var node = den.Start(null, "node", "run", "--pair", link, "--name", "den"))
        {
            await StandsAsync(gateway, node, "approved");
            Assert.Equal("lent\n", (await AskAsync(gateway, "system.run", """{"command":["/bin/echo","lent"]}""")).GetProperty("stdout").GetString());
            Assert.Empty((await gateway.JsonAsync("devices", "list")).GetProperty("pending").EnumerateArray());

            await gateway.KillAndRestartAsync();
            await StandsAsync(gateway, node, "approved");
        }

        // The same command line serves for every start, though its link is spent.
        await using var again = den.Start(null, "node", "run", "--pair", link, "--name", "den");
        await StandsAsync(gateway, again, "approved");
        Assert.Equal("again\n", (await AskAsync(gateway, "system.run", """{"command":["/bin/echo","again"]}""")).GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Link_IsGoodForOneMachine_AndTheNextHearsWhatLeadsOut()
    {
        await using var gateway = new Machine();
        await using var den = new Machine();
        await using var other = new Machine();
        await gateway.UpAsync();
        var link = await InviteAsync(gateway);
        await using var node = den.Start(null, "node", "run", "--pair", link, "--name", "den");
        await StandsAsync(gateway, node, "approved");

        var refused = await other.RunAsync("node", "run", "--pair", link, "--json");

        Assert.Equal(ExitCodes.Refused, refused.ExitCode);
        var error = refused.JsonError();
        Assert.Equal(("setup_code_invalid", "netclaw nodes invite"), (error.GetProperty("code").GetString(), error.GetProperty("remedy").GetString()));
        Assert.Contains("has paired another device", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(link["oc-pair://".Length..], refused.Error, StringComparison.Ordinal);
        Assert.Single((await gateway.JsonAsync("nodes", "list")).GetProperty("nodes").EnumerateArray());
    }

    [Fact]
    public async Task NodeThatWasRemoved_ComesBackByAnotherLink_AndNotByTheOld()
    {
        await using var gateway = new Machine();
        await using var den = new Machine();
        await gateway.UpAsync();
        var link = await InviteAsync(gateway);
        await using (var node = den.Start(null, "node", "run", "--pair", link, "--name", "den"))
        {
            await StandsAsync(gateway, node, "approved");
            await gateway.JsonAsync("nodes", "remove", "den", "--yes");
            Assert.Contains("device_revoked", (await node.FinishAsync()).Error, StringComparison.Ordinal);
        }

        var shut = await den.RunAsync("node", "run", "--pair", link, "--name", "den");
        Assert.Contains("device_revoked", shut.Error, StringComparison.Ordinal);
        Assert.Empty((await gateway.JsonAsync("devices", "list")).GetProperty("pending").EnumerateArray());

        await using var back = den.Start(null, "node", "run", "--pair", await InviteAsync(gateway), "--name", "den");
        await StandsAsync(gateway, back, "approved");
    }

    [Theory]
    [InlineData("oc-pair://", "not a setup link")]
    [InlineData("oc-pair://e30", "not a setup link")]
    public async Task Link_ThatIsDamaged_IsSaidToBe(string link, string said)
    {
        await using var den = new Machine();

        var ended = await den.RunAsync("node", "run", "--pair", link);

        Assert.Equal(ExitCodes.Usage, ended.ExitCode);
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
        Assert.Contains("netclaw nodes invite", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invitation_ForPeople_SaysWhatToTypeWhere_AndShowsACode()
    {
        await using var gateway = new Machine();
        await gateway.UpAsync();

        var said = (await gateway.RunAsync("nodes", "invite", "--public-url", "https://gateway.example", "--qr")).Expect(ExitCodes.Ok).Out;

        Assert.Contains("netclaw node run --pair oc-pair://", said, StringComparison.Ordinal);
        Assert.Contains("wss://gateway.example", said, StringComparison.Ordinal);
        Assert.Contains('█', said);
        Assert.True(SetupLink.TryParse((await gateway.JsonAsync("nodes", "invite", "--public-url", "https://gateway.example")).GetProperty("link").GetString(), out var link, out var problem), problem);
        Assert.Equal(new Uri("https://gateway.example"), link.Url);
    }
}

using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>A daemon whose host key is not the enrolled one starts all the same, and its log says by which command the host is let in again.</summary>
public sealed class LostAccessTests
{
    private const string Command = "netclaw recover local-access";

    [Theory]
    [InlineData("stale-host")]
    [InlineData("stale-host, other key")]
    [InlineData("stale-host, revoked")]
    [InlineData("others-paired, other key")]
    public async Task Start_NamesTheCommand_InTheLog(string state)
    {
        await using var home = await BrokenHome.InStateAsync(state, "local", online: true);

        Assert.Single(await File.ReadAllLinesAsync(home.Home.DaemonLog), line => line.Contains(" warn ", StringComparison.Ordinal) && line.Contains(Command, StringComparison.Ordinal));
        await (await home.Phone!.ConnectAsync(home.Host)).DisposeAsync();
    }

    [Fact]
    public async Task Start_NamesNone_WhereTheHostIsLetIn()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: false, completed: false);

        await home.StartAsync();

        Assert.DoesNotContain(Command, await File.ReadAllTextAsync(home.Home.DaemonLog), StringComparison.Ordinal);
    }
}

using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>A journal that takes no more records: nothing is lost and nothing is damaged, so nobody is sent to a backup or to a reset; what is printed leads out when it is typed.</summary>
public sealed class FullDiskTests
{
    private const string Restart = "netclaw down && netclaw up";

    [Fact]
    public async Task ADaemonThatCouldNotWrite_IsRestartedOnceThereIsRoom_WhoeverSaysSo()
    {
        await using var stage = await Stage.SetAsync("""{"listen":{"port":0}}""");
        var device = await stage.DeviceAsync();
        await stage.Host.StopAsync();
        try
        {
            await ProcessRefusals.StartAsync(stage);
            await FaultRefusals.FillAsync(stage, full: true);
            var refused = (await RenameAsync(stage, device)).Failure;
            Assert.Equal(("journal_unavailable", "netclaw doctor"), (refused.Code, refused.Remedy));

            var journal = (await stage.Owner.ProcessAsync(null, "status")).Expect().Json.GetProperty("journal");
            Assert.Equal("stopped", journal.GetProperty("failure").GetString());
            var report = await stage.Owner.ProcessAsync(null, "doctor", "--only", "journal");
            var finding = Assert.Single(report.Json.GetProperty("checks")[0].GetProperty("findings").EnumerateArray());
            Assert.Equal(("journal_failed", Restart), (finding.GetProperty("id").GetString(), finding.GetProperty("remedy").GetString()));
            File.Delete(stage.Owner.Home.HostKey);
            var repair = await stage.Owner.ProcessAsync(null, "recover", "local-access", "--yes");
            Assert.Equal(("repair_not_safe", Restart), (repair.Failure.Code, repair.Failure.Remedy));
            NamesNoWayBack(report, repair);

            await FaultRefusals.FillAsync(stage, full: false);
            var restarted = await stage.Owner.ShellAsync(Restart);
            Assert.True(restarted.ExitCode == ExitCodes.Ok, restarted.ToString());
            (await RenameAsync(stage, device)).Expect();
            (await stage.Owner.ProcessAsync(null, "recover", "local-access", "--yes")).Expect();
        }
        finally
        {
            await stage.StopStartedAsync();
        }
    }

    [Fact]
    public async Task AStartThatCouldNotWrite_NamesTheDisk_AndGoesOnOnceThereIsRoom()
    {
        await using var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        try
        {
            await FaultRefusals.FillAsync(stage, full: true);
            await File.WriteAllTextAsync(stage.Owner.Home.ConfigFile, """{"auth":{"mode":"none"}}"""); // which the next start notes in the journal
            var start = await stage.Owner.ProcessAsync(null, "daemon", "start", "--listen", "127.0.0.1:0");
            Assert.Equal(("journal_unavailable", "netclaw doctor"), (start.Failure.Code, start.Failure.Remedy));
            NamesNoWayBack(start);
            (await stage.Owner.ShellAsync("netclaw doctor --only home")).Expect();

            await FaultRefusals.FillAsync(stage, full: false);
            await ProcessRefusals.StartAsync(stage);
        }
        finally
        {
            await stage.StopStartedAsync();
        }
    }

    private static void NamesNoWayBack(params Said[] all) => Assert.All(all, said =>
    {
        Assert.DoesNotContain("backup restore", said.Out + said.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--full-reset", said.Out + said.Error, StringComparison.Ordinal);
    });

    private static Task<Said> RenameAsync(Stage stage, string device) => stage.Owner.ProcessAsync(null, "devices", "rename", device, "kitchen");
}

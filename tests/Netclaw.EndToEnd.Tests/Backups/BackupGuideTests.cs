using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Backups;

/// <summary>docs/guides/backup.md, typed as it stands: on the gateway's machine, or on another one where a block says so.</summary>
public sealed class BackupGuideTests
{
    private const string Elsewhere = "# on another computer";

    [Fact]
    public async Task EveryCommandOfTheGuide_Works_AndPrintsWhatTheGuideShows()
    {
        await using var mine = new Desk();
        await using var others = new Desk();
        var (host, other) = (mine.Machine, others.Machine);
        await using var phone = new Machine();
        await using var tablet = new Machine();
        await host.UpAsync();
        await phone.PairWithAsync(host, "--name", "phone");
        await tablet.PairWithAsync(host, "--name", "tablet");
        var port = host.Port;
        await File.WriteAllTextAsync(mine.Home.ConfigFile, $$"""{ "listen": { "port": {{port}} } }""");

        var blocks = await GuideBlock.ReadAsync("backup.md", "sh");
        Assert.True(blocks.Count >= 14, $"{blocks.Count} blocks");
        foreach (var block in blocks)
        {
            if (block.Command.StartsWith(Elsewhere, StringComparison.Ordinal))
            {
                await CarryAsync(host, other);
                await others.TypeAsync(block);
                continue;
            }

            await mine.TypeAsync(block);
            if (block.Command.Contains("restore ~/safe/gateway.ncb --yes", StringComparison.Ordinal))
            {
                (await phone.RunAsync("status")).Expect(ExitCodes.Ok);
                Assert.Equal("device_revoked", (await tablet.RunAsync("status", "--json")).Code());
            }
        }

        (await phone.RunAsync("status")).Expect(ExitCodes.Ok);
        Assert.Equal("device_suspended", (await tablet.RunAsync("status", "--json")).Code());
    }

    /// <summary>The archive is carried over; the gateway of before is down, for there may be one.</summary>
    private static async Task CarryAsync(Machine host, Machine other)
    {
        var safe = Directory.CreateDirectory(Path.Combine(other.Root, "safe"), Desk.OwnerOnly).FullName;
        if (!File.Exists(Path.Combine(safe, "gateway.ncb")))
        {
            (await host.RunAsync("down")).Expect(ExitCodes.Ok);
            File.Copy(Path.Combine(host.Root, "safe", "gateway.ncb"), Path.Combine(safe, "gateway.ncb"));
        }
    }
}

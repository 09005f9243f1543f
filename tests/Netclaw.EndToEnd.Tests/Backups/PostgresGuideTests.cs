using System.Net;
using System.Net.Sockets;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Runtime.Contract.Persistence;

namespace Netclaw.EndToEnd.Tests.Backups;

/// <summary>docs/guides/postgresql.md, typed as it stands, against a server of the test's own: set up, saved, lost and brought back, here and on another computer.</summary>
public sealed class PostgresGuideTests
{
    private const string Server = "# on the server";
    private const string Elsewhere = "# on another computer";

    [WithProgramFact(WithProgramFactAttribute.InitDb)]
    public async Task EveryBlockOfTheGuide_Works_AndPrintsWhatTheGuideShows()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var mine = Of(cluster);
        await using var others = Of(cluster);
        await using var phone = new Machine();
        await using var tablet = new Machine();
        var paired = false;

        var blocks = await GuideBlock.ReadAsync("postgresql.md", "sql", "json", "sh");
        Assert.True(blocks.Count >= 10, $"{blocks.Count} blocks");
        foreach (var block in blocks)
        {
            switch (block)
            {
                case { Language: "sql" }:
                    await AsAdministratorAsync(mine, cluster, $"psql -q -v ON_ERROR_STOP=1 postgres <<'END'\n{block.Command}END\n");
                    continue;
                case { Language: "json" }:
                    await File.WriteAllTextAsync(mine.Home.ConfigFile, block.Command.Replace("{ \"persistence\"", $$"""{ "listen": { "port": {{FreePort()}} }, "persistence" """, StringComparison.Ordinal));
                    continue;
            }

            if (!paired && block.Command.Contains("backup create", StringComparison.Ordinal))
            {
                paired = true;
                await mine.Machine.UpAsync(new Uri($"http://{ConfiguredAddress(mine)}").Port);
                await phone.PairWithAsync(mine.Machine, "--name", "phone");
                await tablet.PairWithAsync(mine.Machine, "--name", "tablet");
            }

            if (block.Command.StartsWith(Server, StringComparison.Ordinal))
            {
                (await mine.Machine.RunAsync("devices", "revoke", "tablet", "--yes")).Expect(ExitCodes.Ok); // after the dump
                await AsAdministratorAsync(mine, cluster, block.Command.Replace("dropdb", "dropdb --force", StringComparison.Ordinal));
                continue;
            }

            if (!block.Command.StartsWith(Elsewhere, StringComparison.Ordinal))
            {
                await mine.TypeAsync(block);
                continue;
            }

            (await phone.RunAsync("status")).Expect(ExitCodes.Ok);
            Assert.Equal("device_suspended", (await tablet.RunAsync("status", "--json")).Code());
            (await mine.Machine.RunAsync("down")).Expect(ExitCodes.Ok);
            Directory.CreateDirectory(Path.Combine(others.Machine.Root, "safe"), Desk.OwnerOnly);
            File.Copy(Path.Combine(mine.Machine.Root, "safe", "gateway.ncb"), Path.Combine(others.Machine.Root, "safe", "gateway.ncb"));
            File.Copy(Path.Combine(mine.Home.Root, "postgres.txt"), Path.Combine(others.Machine.Root, "safe", "postgres.txt"));
            await others.TypeAsync(block);
        }

        (await others.Machine.RunAsync("up", "--no-code")).Expect(ExitCodes.Ok);
        Assert.Equal("device_suspended", (await phone.RunAsync("status", "--json")).Code());
        (await others.Machine.RunAsync("devices", "confirm", "phone")).Expect(ExitCodes.Ok);
        (await phone.RunAsync("status")).Expect(ExitCodes.Ok);
    }

    private static Desk Of(PostgresCluster cluster)
    {
        var desk = new Desk(PostgresCluster.Binaries);
        desk.Here["db.example.org"] = SocketDirectory(cluster);
        desk.Here[";SSL Mode=VerifyFull"] = ""; // over a Unix socket there is nothing to verify
        return desk;
    }

    private static string SocketDirectory(PostgresCluster cluster) => Path.GetDirectoryName(cluster.Socket)!;

    private static async Task AsAdministratorAsync(Desk desk, PostgresCluster cluster, string command)
    {
        await using var shell = desk.Machine.StartProgram("/bin/bash", null, new() { ["PGHOST"] = SocketDirectory(cluster), ["PGUSER"] = "netclaw" }, ["-e", "-c", command]);
        (await shell.FinishAsync()).Expect(ExitCodes.Ok);
    }

    private static string ConfiguredAddress(Desk desk)
    {
        using var config = System.Text.Json.JsonDocument.Parse(File.ReadAllText(desk.Home.ConfigFile));
        return $"127.0.0.1:{config.RootElement.GetProperty("listen").GetProperty("port").GetInt32()}";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

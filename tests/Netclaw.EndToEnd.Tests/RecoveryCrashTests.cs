using System.Globalization;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>The daemon is killed right after each of the two records of a repair: nobody was told, and the next start makes it whole.</summary>
public sealed class RecoveryCrashTests
{
    [Theory]
    [InlineData(0, "after it was prepared")]
    [InlineData(1, "after it was in force")]
    public async Task ARepairThatWasKilled_IsCompleted_ByTheNextStart(int writes, string when)
    {
        await using var gateway = new Machine { DaemonProgram = Executables.CrashDaemon };
        await using var laptop = new Machine();
        await gateway.UpAsync();
        var port = gateway.Port;
        await laptop.PairWithAsync(gateway);
        File.Delete(gateway.Home.HostKey);
        await File.WriteAllTextAsync(Path.Combine(gateway.Root, "crash-after"), writes.ToString(CultureInfo.InvariantCulture));

        await using (var connection = await GatewayConnection.OpenAsync(GatewayEndpoint.OfHome(gateway.Home), new GatewayConnectionOptions(), default))
        {
            await connection.ConnectAsync(new ConnectRequest { Client = new ClientInfo { Id = "test", Version = "1", Platform = "test" } }, default);
            await Assert.ThrowsAsync<GatewayException>(() => connection.CallAsync(RecoveryRepairResult.Method, ProtocolJson.Default.RecoveryRepairResult, default).WaitAsync(TimeSpan.FromSeconds(30)));
        }

        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(gateway.Root, "crash-after.done"))), "the daemon is killed " + when);
        Assert.Equal(writes == 0, File.Exists(gateway.Home.NextHostKey));
        await gateway.UpAsync(port);

        Assert.False(File.Exists(gateway.Home.NextHostKey));
        Assert.Equal("healthy", (await gateway.JsonAsync("recover", "local-access")).GetProperty("outcome").GetString());
        Assert.Equal("host-key", (await gateway.JsonAsync("status", "--url", gateway.Url)).GetProperty("reachedBy").GetProperty("method").GetString());
        Assert.Equal("device-key", (await laptop.JsonAsync("status")).GetProperty("reachedBy").GetProperty("method").GetString());
    }
}

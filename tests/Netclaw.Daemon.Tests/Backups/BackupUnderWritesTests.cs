using System.Collections.Concurrent;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Backups;

/// <summary>Archives that are made while devices are paired and revoked: each is one moment of the journal, and none is earlier than its own beginning.</summary>
public sealed class BackupUnderWritesTests
{
    private const int Wanted = 5;
    private const int Writers = 2;

    [Fact]
    public async Task HoldsAllThatWasAcknowledgedBefore_AndNothingThatWasRevokedBefore_IsAliveInIt()
    {
        await using var home = await SavedHome.MakeAsync();
        var said = new Acknowledged();
        using var enough = new CancellationTokenSource(GatewayHost.Bound);
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(home.Host, said, $"writer {writer}", enough.Token))).ToArray();

        // One counts where the journal went on while it was made; what is made beside an idle daemon is tested elsewhere.
        var (made, beside) = (0, 0);
        while (beside < Wanted)
        {
            enough.Token.ThrowIfCancellationRequested();
            var archive = Path.Combine(home.Host.Home.BackupsDirectory, $"made-{++made}.ncb");
            DeviceId[] revoked = [.. said.Revoked], paired = [.. said.Paired];
            var created = await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--to", archive);
            Assert.True(created.ExitCode == ExitCodes.Ok && created.Errors.Length == 0, created.Errors);
            beside += said.Paired.Count > paired.Length || said.Revoked.Count > revoked.Length ? 1 : 0;

            Holds(archive, paired, revoked);
        }

        await enough.CancelAsync();
        await Task.WhenAll(writing).WaitAsync(GatewayHost.Bound);
        Assert.NotEmpty(said.Revoked);
    }

    private static void Holds(string archive, DeviceId[] paired, DeviceId[] revoked)
    {
        var problems = new StartProblems();
        var opened = CheckedArchive.Open(archive, problems);
        Assert.True(opened is not null, StartReport.Render(problems, asJson: false));
        Assert.All(paired, device => Assert.Contains(device, opened.State.Devices.Keys));
        Assert.All(revoked, device => Assert.True(opened.State.Devices[device].IsRevoked, $"{device} is alive in {archive}"));
    }

    /// <summary>Pairs one device after the other and revokes every second one; writes down what was acknowledged, once it is.</summary>
    private static async Task WriteAsync(GatewayHost host, Acknowledged said, string name, CancellationToken enough)
    {
        await using var owner = await host.OperatorAsync();
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            using var device = new TestDevice($"{name}, device {number}");
            await device.PairAsync(host);
            said.Paired.Enqueue(device.Id);
            if (number % 2 == 0)
            {
                _ = await owner.CallAsync(
                    PairRemoveParams.Method, new PairRemoveParams(device.Id), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None)
                    .WaitAsync(GatewayHost.Bound, CancellationToken.None);
                said.Revoked.Enqueue(device.Id);
            }
        }
    }

    private sealed class Acknowledged
    {
        public ConcurrentQueue<DeviceId> Paired { get; } = [];

        public ConcurrentQueue<DeviceId> Revoked { get; } = [];
    }
}

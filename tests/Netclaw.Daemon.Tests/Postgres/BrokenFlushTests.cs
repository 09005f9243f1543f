using Netclaw.Protocol;
using Netclaw.Runtime.Contract.Persistence;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>The whole daemon, whose connection breaks while approvals are being flushed, at each place where it can break.</summary>
public sealed class BrokenFlushTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [PostgresTheory]
    [InlineData(Break.BeforeTheServer)]
    [InlineData(Break.HalfWay)]
    [InlineData(Break.OnItsWayToTheServer)]
    [InlineData(Break.BeforeTheAnswer)]
    public async Task Flush_ThatIsCutOff_AcknowledgesNothing_AndTheReturnLosesNothing(Break when)
    {
        await using var cluster = await PostgresCluster.Start();
        await using var relay = new PostgresRelay(cluster);
        await using var daemon = new DaemonOnPostgres(relay.ConnectionString);
        await daemon.MustStartAsync();
        await using var owner = await daemon.OwnerAsync();
        var devices = await Task.WhenAll(Enumerable.Range(1, 5).Select(number => daemon.AskAsync($"device {number}")));
        var acknowledged = devices[0];
        await acknowledged.ApproveAsync(owner).WaitAsync(Patience);
        await acknowledged.Welcome.WaitAsync(Patience);
        var undecided = devices[1..];

        relay.Arm(when);
        var approvals = undecided.Select(device => device.ApproveAsync(owner)).ToArray();
        await relay.Broken.WaitAsync(Patience);

        foreach (var approval in approvals)
        {
            Assert.Equal(RefusalCode.JournalUnavailable, (await Assert.ThrowsAsync<GatewayException>(() => approval).WaitAsync(Patience)).Code);
        }

        var (status, body) = await daemon.ReadyAsync();
        Assert.Equal(503, status);
        Assert.Contains("journal", body, StringComparison.Ordinal);
        Assert.Equal([acknowledged.Id], await daemon.PairedAsync(owner));
        Assert.All(undecided, device => Assert.False(device.Welcome.IsCompletedSuccessfully, "let in without a durable approval"));
        Assert.Equal(RefusalCode.JournalUnavailable, (await Assert.ThrowsAsync<GatewayException>(() => undecided[0].ApproveAsync(owner))).Code);

        relay.Mend();
        await daemon.BecomesReadyAsync();

        // What the server had not stored has not happened. What it had stored is a record like any other: listed, and never acknowledged.
        var paired = await daemon.PairedAsync(owner);
        Assert.Contains(acknowledged.Id, paired);
        if (when is Break.BeforeTheServer or Break.HalfWay)
        {
            Assert.Equal([acknowledged.Id], paired);
        }
        else if (when is Break.BeforeTheAnswer)
        {
            Assert.True(paired.Count > 1, "a stored approval was lost");
        }

        foreach (var device in undecided.Where(device => !paired.Contains(device.Id)))
        {
            await device.ApproveAsync(owner).WaitAsync(Patience);
        }

        var all = devices.Select(device => device.Id).ToHashSet();
        Assert.Equal(all, await daemon.PairedAsync(owner));
        await daemon.StopAsync();
        await daemon.MustStartAsync();
        await using var again = await daemon.OwnerAsync();
        Assert.Equal(all, await daemon.PairedAsync(again));
        foreach (var device in devices)
        {
            await device.DisposeAsync();
        }
    }
}

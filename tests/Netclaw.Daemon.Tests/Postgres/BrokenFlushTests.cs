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
        var first = devices[0];
        await first.ApproveAsync(owner).WaitAsync(Patience);
        await first.Welcome.WaitAsync(Patience);
        var undecided = devices[1..];

        relay.Arm(when);
        var approvals = undecided.Select(device => device.ApproveAsync(owner)).ToArray();
        await relay.Broken.WaitAsync(Patience);

        // The answer to a flush may have been under way already when the wire broke behind it.
        var refusals = await Task.WhenAll(approvals.Select(RefusalAsync));
        Assert.All(refusals, code => Assert.True(code is RefusalCode.JournalUnavailable || (code is null && when is Break.OnItsWayToTheServer), $"answered {code}"));
        HashSet<DeviceId> acknowledged = [first.Id, .. undecided.Where((_, i) => refusals[i] is null).Select(device => device.Id)];

        // Where every answer had come, the daemon learns only from its next look at the lease that the wire is gone.
        await daemon.Health.Failed.WaitAsync(Patience);
        var (status, body) = await daemon.ReadyAsync();
        Assert.Equal(503, status);
        Assert.Contains("journal", body, StringComparison.Ordinal);
        Assert.Equal(acknowledged, await daemon.PairedAsync(owner));
        Assert.All(undecided.Where(device => !acknowledged.Contains(device.Id)), device => Assert.False(device.Welcome.IsCompletedSuccessfully, "let in without a durable approval"));
        Assert.Equal(RefusalCode.JournalUnavailable, await RefusalAsync(daemon.PairAsync(owner, "one more")));

        relay.Mend();
        await daemon.BecomesReadyAsync();

        // What the server had not stored has not happened. What it had stored is a record like any other: listed, and never acknowledged.
        var paired = await daemon.PairedAsync(owner);
        Assert.Superset(acknowledged, paired);
        if (when is Break.BeforeTheServer or Break.HalfWay)
        {
            Assert.Equal(acknowledged, paired);
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

    /// <summary>Null when it was acknowledged.</summary>
    private static async Task<RefusalCode?> RefusalAsync(Task change)
    {
        try
        {
            await change.WaitAsync(Patience);
            return null;
        }
        catch (GatewayException refused)
        {
            return refused.Code;
        }
    }
}

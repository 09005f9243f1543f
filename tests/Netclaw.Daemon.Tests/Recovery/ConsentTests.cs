using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>A repair does what was shown and agreed to. Where something else would be done by now, nothing is.</summary>
public sealed class ConsentTests
{
    [Fact]
    public async Task Offline_APlanOfBefore_IsRefused_AndTheOneOfNowIsDone()
    {
        await using var home = await BrokenHome.InStateAsync("stale-host", "local", online: false);
        var shown = await PlanAsync(home);
        KeyFile.Create(home.Home.HostKey).Dispose();
        var key = await File.ReadAllTextAsync(home.Home.HostKey);

        var refused = (await home.OfflineAsync("recover-repair", "--plan", shown.Digest!)).Error;

        Assert.Equal(("consent_required", "netclaw recover local-access"), (refused.Code, refused.Remedy));
        Assert.Equal(key, await File.ReadAllTextAsync(home.Home.HostKey));
        var now = await PlanAsync(home);
        Assert.Equal(now.Digest, (await PlanAsync(home)).Digest);
        Assert.NotEqual(shown.Digest, now.Digest);
        _ = (await home.OfflineAsync("recover-repair", "--plan", now.Digest!)).Read(ProtocolJson.Default.RecoveryRepairResult);
        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    [Fact]
    public async Task Online_APlanOfBefore_IsRefused_AndTheOneOfNowIsDone()
    {
        await using var home = await BrokenHome.InStateAsync("stale-host", "local", online: true);
        await using var owner = await home.Host.OperatorAsync();
        var shown = await PlanAsync(owner);
        KeyFile.Create(home.Home.HostKey).Dispose();
        var key = await File.ReadAllTextAsync(home.Home.HostKey);

        var refused = (await Assert.ThrowsAsync<GatewayException>(() => RepairAsync(owner, shown))).Error;

        Assert.Equal(("consent_required", "netclaw recover local-access"), (refused.Code, refused.Remedy));
        Assert.Equal(key, await File.ReadAllTextAsync(home.Home.HostKey));
        await RepairAsync(owner, await PlanAsync(owner));
        await home.ServesEverybodyAsync();
    }

    private static async Task<RecoveryPlanResult> PlanAsync(BrokenHome home) => (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult);

    private static Task<RecoveryPlanResult> PlanAsync(GatewayConnection owner) =>
        owner.CallAsync(RecoveryPlanResult.Method, ProtocolJson.Default.RecoveryPlanResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    private static Task<RecoveryRepairResult> RepairAsync(GatewayConnection owner, RecoveryPlanResult plan) => owner.CallAsync(
        RecoveryRepairResult.Method, new RecoveryRepairParams(plan.Digest), ProtocolJson.Default.RecoveryRepairParams, ProtocolJson.Default.RecoveryRepairResult, CancellationToken.None)
        .WaitAsync(GatewayHost.Bound);
}

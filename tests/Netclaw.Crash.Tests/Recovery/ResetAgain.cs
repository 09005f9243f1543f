using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Xunit.Sdk;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>
/// The ways in which a person goes on after a crash in a full reset: looking, starting the daemon, and running the same command again. Whoever looks is told of the next
/// start; after both others the host gets in, and whoever must stay out does.
/// </summary>
internal static class ResetAgain
{
    public static async Task CheckAsync(CrashState state, RecordedReset run, ResetStand stand)
    {
        try
        {
            if (stand.Stage == ResetStage.Ordered)
            {
                await LeadsOnByTheNextStartAsync(state, run);
            }

            await StartAsync(state, run, stand);
            await ResetAsync(state, run);
        }
        catch (XunitException e)
        {
            throw new BrokenInvariantException(Invariant.Recovers, $"{stand.Stage}: {e.Message}");
        }
    }

    private static async Task LeadsOnByTheNextStartAsync(CrashState state, RecordedReset run)
    {
        using var scratch = new ScratchHome();
        RestoreRecovery.Become(scratch.Home, state, run.Home);
        var plan = JsonSerializer.Deserialize((await OfflineRun.OfAsync(scratch.Home, "recover-plan")).Out, ProtocolJson.Default.RecoveryPlanResult)!;
        Assert.Equal((10, false, "netclaw up"), (plan.Row, plan.Repairable, Assert.Single(plan.WayOut)));
        var repair = await OfflineRun.OfAsync(scratch.Home, "recover-repair");
        Assert.Equal(("repair_not_safe", "netclaw up"), (Assert.Single(repair.Errors).Code, repair.Errors[0].Remedy));
    }

    /// <summary>The daemon itself, with clients that connect.</summary>
    private static async Task StartAsync(CrashState state, RecordedReset run, ResetStand stand)
    {
        await using var gateway = await GatewayHost.StartAsync(prepare: home =>
        {
            Assert.True(HomeDirectories.Prepare(home, new StartProblems()));
            RestoreRecovery.Become(home, state, run.Home);
        });
        Assert.False(File.Exists(gateway.Home.ResetOrder), "the order still stands");
        await (await gateway.OperatorAsync()).DisposeAsync();
        using var host = new TestDevice("host") { Key = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(gateway.Home.HostKey)).Key };
        await (await host.ConnectAsync(gateway)).DisposeAsync();
        var isReset = stand.Stage != ResetStage.NotBegun;
        Assert.Equal(isReset ? RefusalCode.PairingRequired : null, await run.Phone.RefusalAsync(gateway));
        Assert.Equal(RefusalCode.DeviceRevoked, await run.Lost.RefusalAsync(gateway));
        var registry = gateway.Service<RegistryView>().Current!;
        Assert.Equal(isReset ? RecordedReset.Epoch : RecordedReset.Epoch - 1, registry.Epoch);
        var (started, read) = (RegistryFacts.Of(registry).Devices, (isReset ? run.Next : run.Former).Facts(stand.Records).Devices);
        if (stand.Stage != ResetStage.Ordered && (started.Count != read.Count || started.Any(device => !read.TryGetValue(device.Key, out var there) || there != device.Value)))
        {
            throw new BrokenInvariantException(Invariant.BothRecoveriesAgree, $"a start finds {started.Count} devices, reading {stand.Records} records finds {read.Count}, or others");
        }

        MustStayOut(run, RegistryFacts.Of(registry), isReset);
    }

    private static async Task ResetAsync(CrashState state, RecordedReset run)
    {
        using var scratch = new ScratchHome();
        RestoreRecovery.Become(scratch.Home, state, run.Home);
        await RecordedReset.ResetAsync(scratch.Home);
        var again = Standing.Of(scratch.Home);
        using var host = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(scratch.Home.HostKey)).Key;
        Assert.Equal(host.Public.DeviceId, again.Registry.Host);
        Assert.Equal(0, again.Registry.LiveCodes);
        MustStayOut(run, RegistryFacts.Of(again.Registry), isReset: true);
    }

    private static void MustStayOut(RecordedReset run, RegistryFacts facts, bool isReset)
    {
        foreach (var device in run.Given.SelectMany(change => change.Outcome).Select(outcome => outcome.Device).Where(device => facts.Devices.GetValueOrDefault(device) is not DeviceStand.Revoked))
        {
            throw new BrokenInvariantException(Invariant.RevokedStaysRevoked, $"{device.Short} was revoked, and is {facts.Devices.GetValueOrDefault(device)}");
        }

        foreach (var (device, _) in run.Former.Facts(run.Former.Count).Devices.Where(former => isReset && facts.Devices.GetValueOrDefault(former.Key) is DeviceStand.Paired))
        {
            throw new BrokenInvariantException(Invariant.NothingUnaskedIsAuthority, $"{device.Short} was paired before the reset, and is after it");
        }

        foreach (var legacy in run.Given.Select(change => change.Ended).OfType<LegacyDeviceId>().Where(legacy => facts.Legacy!.GetValueOrDefault(legacy, true)))
        {
            throw new BrokenInvariantException(Invariant.SpentTokenStaysSpent, $"{legacy} waits for a key again, or is forgotten");
        }
    }
}

using Netclaw.Actors.Devices;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>Another host key, cut short before and after every single step; the next start, or the next repair, makes it whole.</summary>
public sealed class HostRotationTests
{
    [Fact]
    public async Task Serves_TheFormerKey_UntilTheLastStep_AndTheNextStartMakesItWhole_WhereverItWasCut()
    {
        var completed = false;
        for (var step = 1; !completed; step++)
        {
            await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
            var former = HostId(home);
            completed = await CutAsync(home, step, former);

            await home.StartAsync();

            await IsWholeAsync(home, former, step);
            Assert.InRange(step, 1, 40);
        }
    }

    [Fact]
    public async Task IsMadeWhole_ByARepairToo_WhereverItWasCut()
    {
        var completed = false;
        for (var step = 1; !completed; step++)
        {
            await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
            var former = HostId(home);
            completed = await CutAsync(home, step, former);

            _ = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

            Assert.True((await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).IsHealthy, $"step {step}");
            await home.StartAsync();
            await IsWholeAsync(home, former, step);
        }
    }

    [Fact]
    public async Task Undoes_WhatCannotBeCompleted()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        var former = HostId(home);
        using var lost = SigningKey.Generate();
        await home.WithRegistryAsync(async (registry, _) => await registry.AskAsync(new RegistryCommand.PrepareHostRotation(1, registry.Now, lost.Public)).WaitAsync(GatewayHost.Bound));

        await home.StartAsync();

        Assert.Null(home.Host.Service<RegistryView>().Current!.PreparedHost);
        Assert.Equal(former, home.Host.Service<RegistryView>().Current!.Host);
        await home.ServesEverybodyAsync();
    }

    /// <returns>True when nothing was cut: the step is beyond the last one.</returns>
    private static Task<bool> CutAsync(BrokenHome home, int step, DeviceId former) => home.WithRegistryAsync(async (registry, _) =>
    {
        var power = new Power(step);
        using (FileCalls.Use(power))
        {
            var rotation = new HostRotation(home.Home, async command =>
            {
                power.Use();
                var reply = await registry.AskAsync(command);
                power.Use();
                return reply;
            }, () => registry.Snapshot, TimeProvider.System);
            try
            {
                Assert.IsType<RotationOutcome.Rotated>(await rotation.RotateAsync().WaitAsync(GatewayHost.Bound)).Key.Dispose();
                return true;
            }
            catch (IOException) when (power.IsOut)
            {
                if (registry.Snapshot.Host == former)
                {
                    Assert.False(registry.Snapshot.Devices[former].IsRevoked);
                }

                return false;
            }
        }
    });

    private static async Task IsWholeAsync(BrokenHome home, DeviceId former, int step)
    {
        var registry = home.Host.Service<RegistryView>().Current!;
        Assert.Null(registry.PreparedHost);
        Assert.Equal(HostId(home), registry.Host);
        Assert.Single(registry.Devices.Values, device => device is { Kind: DeviceKind.Host, IsRevoked: false });
        Assert.True(registry.Host == former || registry.Devices[former].IsRevoked, $"step {step}");
        Assert.False(File.Exists(home.Home.NextHostKey), $"step {step}");
        await home.ServesEverybodyAsync();
    }

    private static DeviceId HostId(BrokenHome home)
    {
        using var key = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(home.Home.HostKey)).Key;
        return key.Public.DeviceId;
    }
}

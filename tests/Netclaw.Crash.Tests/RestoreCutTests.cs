using System.Text.Json;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Protocol;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>A restore that is cut short between any two changes of a file, and then asked for once more in the same words.</summary>
public sealed class RestoreCutTests(ITestOutputHelper output)
{
    [Fact]
    public async Task CutAnywhere_AndRunAgain_ComesToWhatAnUncutOneComesTo()
    {
        using var prepared = new ScratchHome();
        await RecordedRestore.PrepareAsync(prepared);
        var files = RecordedRestore.FilesOf(prepared.Home);
        await RecordedRestore.RestoreAsync(prepared.Home);
        var uncut = Standing.Of(prepared.Home);
        Assert.Equal((RecordedRestore.Epoch, 0), (uncut.Epoch, uncut.Registry.LiveCodes));
        var (cuts, forward) = (0, 0);
        for (; ; cuts++)
        {
            using var scratch = new ScratchHome();
            RecordedRestore.Fill(scratch.Home, files, prepared.Home.Root);
            if (!await CutAsync(scratch.Home, cuts))
            {
                break;
            }

            var ordered = File.Exists(scratch.Home.RestoreOrder);
            if (ordered)
            {
                await LeadsOnByTheNextStartAsync(scratch.Home, cuts);
            }

            await RecordedRestore.RestoreAsync(scratch.Home);

            var stands = Standing.Of(scratch.Home);
            Assert.Equal(uncut.Devices, stands.Devices);
            Assert.Equal(0, stands.Registry.LiveCodes);

            // What was on its way forward is there first, and is then replaced by the same once more.
            Assert.True(stands.Epoch == RecordedRestore.Epoch || stands.Epoch == RecordedRestore.Epoch + 1, $"cut {cuts}: epoch {stands.Epoch}");
            Assert.False(File.Exists(scratch.Home.RestoreOrder) || Directory.Exists(scratch.Home.Restoring), $"cut {cuts}: something of the restore is left over");
            forward += ordered ? 1 : 0;
        }

        output.WriteLine($"{cuts} cuts, {forward} of them with the order given");
        Assert.True(forward > 0 && forward < cuts);
    }

    /// <summary>Whoever looks in between is told of the way forward, and never of a reset.</summary>
    private static async Task LeadsOnByTheNextStartAsync(NetclawHome home, int cut)
    {
        var said = await OfflineRun.OfAsync(home, "recover-plan");
        var plan = JsonSerializer.Deserialize(said.Out, ProtocolJson.Default.RecoveryPlanResult)!;
        Assert.Equal((cut, 10, false, "netclaw up"), (cut, plan.Row, plan.Repairable, Assert.Single(plan.WayOut)));
        var seen = JsonDocument.Parse((await OfflineRun.OfAsync(home, "examine", "--only", "records,keys")).Out).RootElement;
        Assert.Equal((cut, false, 0), (cut, seen.GetProperty("records").GetProperty("checked").GetBoolean(), seen.GetProperty("records").GetProperty("faults").GetArrayLength()));
        Assert.Equal((cut, 0), (cut, seen.GetProperty("keys").GetProperty("problems").GetArrayLength()));
    }

    /// <returns>False when it came to its end first.</returns>
    private static async Task<bool> CutAsync(NetclawHome home, int at)
    {
        var calls = new CutFileCalls(at);
        using var layer = FileCalls.Use(calls);
        var run = await OfflineRun.OfAsync(home, "backup-restore", "--file", RecordedRestore.Archive(home));
        Assert.True(calls.WasCut || run.Succeeded, run.Message);
        return calls.WasCut;
    }
}

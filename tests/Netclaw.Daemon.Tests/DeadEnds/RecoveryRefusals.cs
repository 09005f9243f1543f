using System.Diagnostics;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Local access is lost, and its repair is refused: real files, real processes.</summary>
internal static class RecoveryRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.RecoveryNotLocal] = NotLocalAsync,
        [RefusalCode.ConsentRequired] = NobodyThereAsync,
        [RefusalCode.DaemonSilent] = SilentAsync,
        [RefusalCode.RepairNotSafe] = NotSafeAsync,
        [RefusalCode.RepairNotProven] = NotProvenAsync,
    };

    /// <summary>Over TCP, with the host's own key and every scope.</summary>
    private static async Task<Provoked> NotLocalAsync()
    {
        var stage = await Stage.SetAsync("{}");
        using var host = new TestDevice("host") { Key = ((KeyFileResult.Loaded)KeyFile.Load(stage.Owner.Home.HostKey)).Key };
        await using var connection = await host.ConnectAsync(stage.Host);
        var refused = await Assert.ThrowsAsync<GatewayException>(
            () => connection.CallAsync(RecoveryRepairResult.Method, ProtocolJson.Default.RecoveryRepairResult, CancellationToken.None).WaitAsync(GatewayHost.Bound));
        return new Provoked(stage, refused.Error) { Who = stage.Owner };
    }

    /// <summary>The key file is gone; a script asks for the repair and nobody says yes.</summary>
    private static async Task<Provoked> NobodyThereAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        await ProcessRefusals.StartAsync(stage);
        File.Delete(stage.Owner.Home.HostKey);
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "recover", "local-access")).Failure) { Who = stage.Owner };
    }

    /// <summary>The daemon holds the home, and the kernel has stopped it.</summary>
    private static async Task<Provoked> SilentAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        await ProcessRefusals.StartAsync(stage);
        var pid = (await File.ReadAllTextAsync(stage.Owner.Home.LockFile)).Trim();
        using (var freeze = Process.Start("kill", ["-STOP", pid]))
        {
            await freeze.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        }

        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "recover", "local-access", "--yes")).Failure)
        {
            Who = stage.Owner, MendAsync = () => ProcessRefusals.StartAsync(stage),
        };
    }

    /// <summary>The host key cannot be read: whose it is nobody can tell. It is moved away, as the command says, and the rest is a repair.</summary>
    private static async Task<Provoked> NotSafeAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        await File.WriteAllTextAsync(stage.Owner.Home.HostKey, "not a key");
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "recover", "local-access", "--yes")).Failure)
        {
            Who = stage.Owner, MendAsync = () => ProcessRefusals.StartAsync(stage),
        };
    }

    /// <summary>The settings keep every daemon from starting, the one for the proof too.</summary>
    private static async Task<Provoked> NotProvenAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        File.Delete(stage.Owner.Home.HostKey);
        await File.WriteAllTextAsync(stage.Owner.Home.ConfigFile, """{"listn":{}}""");
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "recover", "local-access", "--yes")).Failure)
        {
            Who = stage.Owner,
            MendAsync = async () =>
            {
                await File.WriteAllTextAsync(stage.Owner.Home.ConfigFile, "{}");
                await ProcessRefusals.StartAsync(stage);
            },
        };
    }
}

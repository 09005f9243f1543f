using System.Diagnostics;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Homes on which a daemon does not start, and a daemon that does not stop: real files, real processes.</summary>
internal static class StartRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.LockHeld] = SecondAsync,
        [RefusalCode.PartMissing] = NoProgramAsync,
        [RefusalCode.HomeNotWritable] = () => FileAsync(home => Path.Combine(home.Root, "tools.d"), home => home.LogsDirectory),
        [RefusalCode.HomeForeign] = () => BrokenAsync(
            home => File.SetUnixFileMode(home.KeysDirectory, File.GetUnixFileMode(home.KeysDirectory) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute), _ => { }),
        [RefusalCode.JournalUnreadable] = () => LostAsync(home => File.WriteAllText(home.JournalDatabase, new string('x', 9000))),
        [RefusalCode.JournalRolledBack] = () => LostAsync(home => File.Delete(home.JournalDatabase)),
        [RefusalCode.KeyUnreadable] = () => LostAsync(home => File.WriteAllText(home.GatewayKey, "not a key")),
        [RefusalCode.DaemonStopTimeout] = FrozenAsync,
    };

    /// <summary>Somebody starts a daemon in the foreground where one runs already.</summary>
    private static async Task<Provoked> SecondAsync()
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "daemon", "run", "--listen", "127.0.0.1:0")).Failure);
    }

    /// <summary>It was uninstalled, until it is installed anew.</summary>
    private static async Task<Provoked> NoProgramAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        stage.Owner.Variables["NETCLAWD"] = "/nowhere/netclawd";
        var said = await stage.Owner.ProcessAsync(null, "daemon", "start");
        stage.Owner.Variables.Clear();
        return new Provoked(stage, said.Failure) { MendAsync = () => ProcessRefusals.StartAsync(stage) };
    }

    /// <summary>A file stands where a directory of the home should be.</summary>
    private static Task<Provoked> FileAsync(Func<NetclawHome, string> aside, Func<NetclawHome, string> directory) => BrokenAsync(
        home =>
        {
            Directory.Move(directory(home), aside(home));
            File.WriteAllText(directory(home), "");
        },
        home =>
        {
            File.Delete(directory(home));
            Directory.Move(aside(home), directory(home));
        });

    /// <summary>What a backup was made for: the command brings the home back, and the daemon starts on it.</summary>
    private static async Task<Provoked> LostAsync(Action<NetclawHome> damage)
    {
        var stage = await Stage.SetAsync("{}");
        await stage.BackupAsync();
        await stage.Host.StopAsync();
        damage(stage.Owner.Home);
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "daemon", "start", "--listen", "127.0.0.1:0")).Failure)
        {
            MendAsync = () => ProcessRefusals.StartAsync(stage),
        };
    }

    private static async Task<Provoked> BrokenAsync(Action<NetclawHome> damage, Action<NetclawHome> mend)
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        damage(stage.Owner.Home);
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "daemon", "start", "--listen", "127.0.0.1:0")).Failure)
        {
            MendAsync = () =>
            {
                mend(stage.Owner.Home);
                return ProcessRefusals.StartAsync(stage);
            },
        };
    }

    /// <summary>The daemon hears nothing any more: the kernel has stopped it.</summary>
    private static async Task<Provoked> FrozenAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        await ProcessRefusals.StartAsync(stage);
        var pid = (await File.ReadAllTextAsync(stage.Owner.Home.LockFile)).Trim();
        using (var freeze = Process.Start("kill", ["-STOP", pid]))
        {
            await freeze.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        }

        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "daemon", "stop", "--timeout", "300ms")).Failure)
        {
            MendAsync = () => ProcessRefusals.StartAsync(stage),
        };
    }
}

using System.Net;
using System.Net.Sockets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Refusals around the daemon's own process.</summary>
internal static class ProcessRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.DaemonNotRunning] = () => StoppedAsync(owner => owner.ProcessAsync(null, "daemon", "stop")),
        [RefusalCode.GatewayStopping] = StoppingAsync,
        [RefusalCode.PortInUse] = PortAsync,
        [RefusalCode.ConfigInvalid] = ConfigAsync,
        [RefusalCode.DaemonAlreadyRunning] = AlreadyAsync,
        [RefusalCode.DaemonStartFailed] = NotReadyAsync,
        [RefusalCode.UnitNotOurs] = ForeignUnitAsync,
        [RefusalCode.ServiceManagerUnavailable] = NoSystemdAsync,
        [RefusalCode.CrontabUnavailable] = NoCrontabAsync,
    };

    private static async Task<Provoked> StoppedAsync(Func<Person, Task<Said>> typed)
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        return new Provoked(stage, (await typed(stage.Owner)).Failure);
    }

    private static async Task<Provoked> StoppingAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await using var owner = await stage.Host.OperatorAsync();
        await stage.Host.StopAsync();
        return new Provoked(stage, (await owner.Closed.WaitAsync(GatewayHost.Bound)).Error);
    }

    private static async Task<Provoked> PortAsync()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return await StoppedAsync(owner => owner.ProcessAsync(null, "daemon", "start", "--listen", taken.LocalEndpoint.ToString()!));
    }

    private static async Task<Provoked> AlreadyAsync()
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "daemon", "start")).Failure);
    }

    private static async Task<Provoked> ConfigAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        await File.WriteAllTextAsync(stage.Owner.Home.ConfigFile, """{"listn":{}}""");
        return new Provoked(stage, (await stage.Owner.ProcessAsync(null, "daemon", "start")).Failure)
        {
            MendAsync = async () =>
            {
                await File.WriteAllTextAsync(stage.Owner.Home.ConfigFile, "{}");
                await StartAsync(stage);
            },
        };
    }

    /// <summary>The program is a broken one, until it is installed anew.</summary>
    private static async Task<Provoked> NotReadyAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        stage.Owner.Variables["NETCLAWD"] = "/bin/false";
        var said = await stage.Owner.ProcessAsync(null, "daemon", "start");
        stage.Owner.Variables.Clear();
        return new Provoked(stage, said.Failure) { MendAsync = () => StartAsync(stage) };
    }

    /// <summary>Somebody has a unit of that name already; the person reads what Netclaw's would be, and decides.</summary>
    private static async Task<Provoked> ForeignUnitAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await File.WriteAllTextAsync(Path.Combine(stage.Owner.Home.Root, "netclaw.service"), "[Service]\nExecStart=/bin/true\n");
        return new Provoked(stage, (await stage.Owner.RunAsync("daemon", "install", "--unit-dir", stage.Owner.Home.Root)).Failure);
    }

    private static async Task<Provoked> NoSystemdAsync()
    {
        var stage = await Stage.SetAsync("{}");
        stage.Owner.Variables["PATH"] = "/nowhere";
        var said = await stage.Owner.ProcessAsync(null, "daemon", "install", "--unit-dir", stage.Owner.Home.Root, "--enable");
        stage.Owner.Variables.Clear();
        return new Provoked(stage, said.Failure);
    }

    private static async Task<Provoked> NoCrontabAsync()
    {
        var stage = await Stage.SetAsync("{}");
        stage.Owner.Variables["PATH"] = "/nowhere";
        var said = await stage.Owner.ProcessAsync(null, "backup", "schedule");
        stage.Owner.Variables.Clear();
        return new Provoked(stage, said.Failure);
    }

    public static async Task StartAsync(Stage stage) => (await stage.Owner.ProcessAsync(null, "daemon", "start", "--listen", "127.0.0.1:0")).Expect();
}

using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Logging;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>The daemon that is started to prove a repair, and is ended a moment later.</summary>
public sealed class TrialTests
{
    /// <summary>Nobody is there who could take up a run or a turn, or begin a job: neither at once nor when something is asked of it.</summary>
    [Fact]
    public async Task ATrial_LetsTheHostIn_AndHasNoWriterButTheRegistry()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        var problems = new StartProblems();
        using var prepared = PreparedHome.Take(new DaemonArguments { Home = home.Home.Root, Trial = true }, _ => null, problems);
        Assert.True(prepared is not null, StartReport.Render(problems, asJson: false));
        await using var daemon = await RunningDaemon.StartAsync(prepared, new StopSignal(prepared.Options.Shutdown), LogEcho.Nothing, null, problems).WaitAsync(GatewayHost.Bound);
        Assert.True(daemon is not null, StartReport.Render(problems, asJson: false));

        await using var owner = await GatewayHost.OpenAsync(GatewayEndpoint.OfHome(home.Home));
        await owner.ConnectAsync(new ConnectRequest { Client = TestDevice.Client }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        _ = await owner.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal([DeviceRegistryActor.Id], daemon.Services.GetRequiredService<JournalHealth>().Writers.Living.Select(writer => writer.PersistenceId));
        await daemon.StopAsync("test").WaitAsync(GatewayHost.Bound);
    }
}

using System.Net;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>A configuration with which the product does not start.</summary>
internal static class Refusal
{
    /// <returns>What it says instead.</returns>
    public static Task<string> ToStartAsync(string config)
    {
        using var temporary = new TemporaryHome();
        temporary.WriteConfig(config);
        var problems = new StartProblems();
        using var prepared = PreparedHome.Take(
            new DaemonArguments { Home = temporary.Home.Root, Listen = IPEndPoint.Parse("127.0.0.1:0") }, _ => null, problems);
        Assert.Null(prepared);
        return Task.FromResult(StartReport.Render(problems, asJson: false));
    }
}

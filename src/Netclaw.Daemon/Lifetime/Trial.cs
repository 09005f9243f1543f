using System.Net;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Tunnels;

namespace Netclaw.Daemon.Lifetime;

/// <summary>A daemon that runs to be connected to once, after a repair. Who started it stops it; should that one be gone, it ends by itself.</summary>
internal static class Trial
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Wherever the daemon is configured to listen: somebody may be there, and nobody else is to come.</summary>
    public static IPEndPoint Address { get; } = new(IPAddress.Loopback, 0);

    /// <summary>A tunnel that is down is no reason not to look.</summary>
    public static MachineFacts Machine { get; } = MachineFacts.Current with { Programs = new Everything() };

    public static IDisposable Limit(StopSignal stop) => TimeProvider.System.CreateTimer(_ => stop.Stop("the end of its trial"), null, Longest, Timeout.InfiniteTimeSpan);

    private sealed class Everything : IRunningPrograms
    {
        public bool? Runs(string program) => true;
    }
}

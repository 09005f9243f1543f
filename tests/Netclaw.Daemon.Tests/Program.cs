using System.Net.Sockets;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests;

/// <summary>The test assembly as a process of its own: connects to the control socket it is given, and prints what it is told.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not ["peer", var socketPath])
        {
            return 64;
        }

        using var hub = await RawHub.OpenAsync(new UnixDomainSocketEndPoint(socketPath));
        await hub.CallAsync("1", "connect", RawHub.PlainConnect);
        await hub.NextAsync();
        Console.WriteLine(await hub.NextAsync() is { } answer && answer.Contains("hello-ok", StringComparison.Ordinal) ? "welcome" : await hub.ClosingAsync());
        return 0;
    }
}

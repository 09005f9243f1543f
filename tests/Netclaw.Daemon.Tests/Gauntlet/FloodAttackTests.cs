using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Listeners;
using Netclaw.Daemon.Tests.Gateway;
using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Connections that cost something before anybody has proven anything.</summary>
public sealed class FloodAttackTests
{
    private const string Few = """{ "limits": { "unauthenticatedPerAddress": 3, "unauthenticatedTotal": 3 } }""";
    private const int Crowd = 8;

    private static readonly LimitsOptions None = new() { UnauthenticatedPerAddress = 65536, UnauthenticatedTotal = 65536 };

    [Fact, Attack("CVE-2026-41399", "Any number of upgrades that never authenticate are accepted and kept.", "admission: places of the unauthenticated")]
    public Task CVE_2026_41399_UpgradesThatNeverAuthenticate() => ProveAsync(Few, Weakened.Limits(None), async host =>
    {
        var hubs = new List<RawHub>();
        for (var i = 0; i < Crowd; i++)
        {
            hubs.Add(await RawHub.UpgradeAsync(host.Address));
        }

        var held = host.Service<Doors>().Tcp.Count;
        hubs.ForEach(hub => hub.Dispose());
        return held > 3;
    });

    [Fact, Attack("CVE-2026-100558", "Malformed upgrades stand outside the budget that well-formed ones are counted in.", "admission: counted from accept")]
    public Task CVE_2026_100558_MalformedUpgrades_AreCountedToo() => HoldAsync("GET /hub HTTP/1.1\r\nUpgrade: websocket\r\nConnection:");

    [Fact, Attack("CVE-2007-6750", "Partial requests, a byte now and then, hold every place of a server that times whole requests only.", "admission: places and deadline from accept")]
    public Task CVE_2007_6750_DrippingRequests() => HoldAsync("G");

    [Fact, Attack("CVE-2024-37890", "An upgrade with more headers than the server counts on takes a WebSocket server down.", "listener: headers of one request")]
    public Task CVE_2024_37890_MoreHeadersThanAnybodyNeeds() => ProveAsync(
        """{ "auth": { "mode": "none" } }""",
        services => services.PostConfigure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestHeaderCount = 10_000),
        host => GetsInAsync(host, Hello("\"operator.read\""), [.. Enumerable.Range(0, 200).Select(number => ($"X{number}", "1"))]));

    private static Task HoldAsync(string beginning) => ProveAsync(Few, Weakened.Limits(None), async host =>
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < Crowd; i++)
        {
            var socket = await PlainClient.ConnectAsync(host.Address);
            await socket.SendAsync(Encoding.ASCII.GetBytes(beginning));
            sockets.Add(socket);
        }

        // All are accepted once a later one has been answered.
        await host.GetAsync("/healthz");
        var held = host.Service<Doors>().Tcp.Count;
        sockets.ForEach(socket => socket.Dispose());
        return held > 3;
    });
}

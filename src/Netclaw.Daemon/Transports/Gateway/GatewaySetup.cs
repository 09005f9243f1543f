using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Http;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>The gateway WebSocket: an upgrade on any path that nothing else has claimed (gateway-protocol.md section 1).</summary>
internal static class GatewaySetup
{
    /// <summary>Claimed: by plain answers, by the hub, and by the protocol's other servers. Whoever asks for one of these wants something else than a gateway.</summary>
    private static readonly string[] Reserved = ["/__openclaw__/", "/desktop/observe", "/node-desktop/attach", "/node-portal/attach", "/hub/", "/healthz", "/readyz", "/metrics"];

    /// <summary>A ping goes out after as long a silence, and whoever does not answer for as long again is gone.</summary>
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(25);

    internal static WebSocketOptions WebSockets => new() { KeepAliveInterval = Ping, KeepAliveTimeout = Ping };

    public static bool Claims(string path) => !Array.Exists(Reserved, reserved => path.StartsWith(reserved, StringComparison.Ordinal));

    public static void UseGateway(this WebApplication app) => app.UseWhen(
        context => context.Request.Path != Limits.HubPath, // what comes here is a WebSocket: see PlainHttp
        branch =>
        {
            branch.UseWebSockets(WebSockets);
            branch.Run(app.Services.GetRequiredService<GatewayConnections>().Serve);
        });
}

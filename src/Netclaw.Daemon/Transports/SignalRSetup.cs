using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>The hub: WebSockets only, JSON only, no stateful reconnect, so that one request decides the evidence of a connection.</summary>
internal static class SignalRSetup
{
    private const int Slack = 64 * 1024;

    private static readonly JsonSerializerOptions Payloads = new(ProtocolJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ProtocolJson.Default, CallReplyJson.Default),
    };

    public static void AddSessionHub(this IServiceCollection services, LimitsOptions limits)
    {
        services.AddSingleton<HubLifetimeManager<SessionHub>, SessionConnections>();
        services
            .AddSignalR(options =>
            {
                options.HandshakeTimeout = limits.Handshake;
                // The limit that counts is MessageLimit's; this one only stands behind it.
                options.MaximumReceiveMessageSize = Limits.MessageBytes + Slack;
                // One is the default, and a waiting call would then block its own withdrawal.
                options.MaximumParallelInvocationsPerClient = Limits.OpenCallsPerSession;
                options.DisableImplicitFromServicesParameters = true;
                options.EnableDetailedErrors = false;
            })
            .AddJsonProtocol(options => options.PayloadSerializerOptions = Payloads);
    }

    public static void MapSessionHub(this IEndpointRouteBuilder routes) => routes.MapConnections(
        Limits.HubPath,
        new HttpConnectionDispatcherOptions
        {
            Transports = HttpTransportType.WebSockets,
            AllowStatefulReconnects = false,
            WebSockets = { CloseTimeout = TimeSpan.FromSeconds(1) },
        },
        connection => connection.UseMessageLimit().UseHub<SessionHub>());
}

using System.Collections.Immutable;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Netclaw.Actors.Probing;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Http;

/// <summary>
/// Takes the one request of a probe that an operator has begun (<see cref="ProxyProbes"/>), on whatever path a proxy made of the hub's: writes down
/// what arrived, grants the upgrade, says one word on it and closes. It gives access to nothing. Every other request passes by.
/// </summary>
public sealed class ProbeEndpoint(ProxyProbes probes, EvidenceBuilder evidence, TrustOptions trust)
{
    private const string Accepts = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3

    public Task Serve(HttpContext context, RequestDelegate next) =>
        context.Request.Headers.TryGetValue(ProxyProbe.Header, out var ids) && ids is [{ } id] && probes.Awaits(id)
        && context.Features.Get<AcceptedConnection>() is { Listener: ListenerKind.Tcp } accepted
            ? TakeAsync(context, id, accepted)
            : next(context);

    private async Task TakeAsync(HttpContext context, string id, AcceptedConnection accepted)
    {
        var request = context.Request;
        var upgrade = context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } feature
            && string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase) && request.Headers.SecWebSocketKey.Count == 1
                ? feature
                : null;
        ImmutableArray<ProbeHeader> headers = [.. request.Headers.SelectMany(header => header.Value, (header, value) => Shown(header.Key, value ?? ""))];
        probes.Record(id, new ProbeSighting(evidence.Build(accepted, request, "probe"), request.Path.Value ?? "", request.Protocol, upgrade is not null, headers));
        if (upgrade is null)
        {
            context.Response.StatusCode = (int)HttpStatusCode.UpgradeRequired;
            context.Response.Headers.Connection = "close";
            return;
        }

        await GreetAsync(context, upgrade).ConfigureAwait(false);
    }

    private static async Task GreetAsync(HttpContext context, IHttpUpgradeFeature upgrade)
    {
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        var stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(ProxyProbe.Greeting), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted).ConfigureAwait(false);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It has hung up; what it sent is written down.
        }
    }

    /// <summary>Values are shown where they tell about the way and cannot be a secret: a required header may be one that proxy and gateway share.</summary>
    private ProbeHeader Shown(string name, string value)
    {
        var plain = name.Replace('_', '-');
        var shows = (ForwardingHeaders.Tells(name) || plain.Equals(trust.TrustedProxy.UserHeader, StringComparison.OrdinalIgnoreCase)
                || plain.ToLowerInvariant() is "host" or "connection" or "upgrade")
            && !plain.Equals(trust.TrustedProxy.Assertion?.Header, StringComparison.OrdinalIgnoreCase)
            && !trust.TrustedProxy.RequiredHeaders.Contains(plain, StringComparer.OrdinalIgnoreCase);
        return new ProbeHeader(name, ProxyProbe.IsDecoy(value), shows ? value : null);
    }

    private static string Accept(string key)
    {
#pragma warning disable CA5350 // the RFC's own proof that the other side speaks WebSocket; it guards nothing
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Accepts)));
#pragma warning restore CA5350
    }
}

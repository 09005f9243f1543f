using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Http;

/// <summary>
/// The few plain answers of both listeners. Everything that is neither one of them nor a WebSocket for the hub is 404. A connection
/// answers one plain request: it is counted as unauthenticated while it lives.
/// </summary>
public sealed class PlainHttp(Readiness readiness, MetricsText metrics, EvidenceBuilder evidence, TrustOptions trust, string gatewayName)
{
    private const string Text = "text/plain; charset=utf-8";
    private const string Prometheus = "text/plain; version=0.0.4; charset=utf-8";

    public Task Serve(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == Limits.HubPath && IsWebSocket(context))
        {
            return next(context);
        }

        context.Response.Headers.Connection = "close";
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return Answer(context, HttpStatusCode.NotFound, "not found\n");
        }

        return path switch
        {
            "/" => Answer(context, HttpStatusCode.OK, $"netclaw gateway {gatewayName}: {readiness.Phase}\n"),
            "/healthz" => Answer(context, HttpStatusCode.OK, "ok\n"),
            "/readyz" => Ready(context),
            "/metrics" => MaySeeInside(context)
                ? Answer(context, HttpStatusCode.OK, metrics.Render(), Prometheus)
                : Answer(context, HttpStatusCode.Forbidden, "metrics are served on the control socket and on direct loopback\n"),
            _ => Answer(context, HttpStatusCode.NotFound, "not found\n"),
        };
    }

    private static bool IsWebSocket(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    private Task Ready(HttpContext context)
    {
        var reasons = readiness.Reasons();
        return reasons.Count == 0 ? Answer(context, HttpStatusCode.OK, "ready\n")
            : Answer(context, HttpStatusCode.ServiceUnavailable, MaySeeInside(context) ? string.Join('\n', reasons) + "\n" : "not ready\n");
    }

    /// <summary>The control socket for whom it serves, and direct loopback with exposure local (trust.md section 9).</summary>
    private bool MaySeeInside(HttpContext context)
    {
        if (context.Features.Get<AcceptedConnection>() is not { } accepted)
        {
            return false;
        }

        var seen = evidence.Build(accepted, context.Request, "http");
        if (seen.Forwarded || seen.Origin is not null || !seen.HostAllowed)
        {
            return false;
        }

        return seen.Listener == ListenerKind.Control
            ? seen.Peer is { UserId: not UserId.Overflow, DescendsFromDaemon: false } peer && (peer.UserId == trust.OwnerUserId || peer.UserId == UserId.Root)
            : seen.Remote is { } remote && IPAddress.IsLoopback(remote.Address);
    }

    private static Task Answer(HttpContext context, HttpStatusCode status, string text, string type = Text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }
}

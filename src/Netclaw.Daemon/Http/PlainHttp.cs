using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Transports.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Http;

/// <summary>
/// The few plain answers of both listeners. Everything that is neither one of them nor a WebSocket is 404. A connection
/// answers one plain request: it is counted as unauthenticated while it lives.
/// </summary>
public sealed class PlainHttp(Readiness readiness, MetricsText metrics, InsideGate inside, string gatewayName)
{
    private const string Text = "text/plain; charset=utf-8";
    private const string Prometheus = "text/plain; version=0.0.4; charset=utf-8";

    public Task Serve(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "";
        if (IsWebSocket(context) && (path == Limits.HubPath || GatewaySetup.Claims(path)))
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
            "/metrics" => MetricsAsync(context),
            _ => Answer(context, HttpStatusCode.NotFound, "not found\n"),
        };
    }

    internal static bool IsWebSocket(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    private async Task Ready(HttpContext context)
    {
        var reasons = readiness.Reasons();
        await (reasons.Count == 0 ? Answer(context, HttpStatusCode.OK, "ready\n")
            : await inside.AskAsync(context).ConfigureAwait(false) is null ? Answer(context, HttpStatusCode.ServiceUnavailable, string.Join('\n', reasons) + "\n")
            : Answer(context, HttpStatusCode.ServiceUnavailable, "not ready\n")).ConfigureAwait(false);
    }

    private async Task MetricsAsync(HttpContext context) => await (await inside.AskAsync(context).ConfigureAwait(false) is { } refused
        ? Refuse(context, refused)
        : Answer(context, HttpStatusCode.OK, metrics.Render(), Prometheus)).ConfigureAwait(false);

    private static Task Refuse(HttpContext context, AccessDecision.Refused refused)
    {
        var row = RefusalTable.For(refused.Code);
        if (row.HttpStatus == (int)HttpStatusCode.Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"netclaw\"";
        }

        if (refused.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return Answer(context, (HttpStatusCode)row.HttpStatus, $"{refused.CodeName}: {row.Meaning}\n");
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

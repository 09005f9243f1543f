using Microsoft.AspNetCore.Http;

namespace Netclaw.Daemon.Transports;

/// <summary>
/// Around the one request that a hub connection is. Only when it has ended are the last words on their way and the socket done with; the hub itself
/// says "disconnected" earlier, and a session that ended then could take the host down under its own goodbye.
/// </summary>
internal static class HubRequest
{
    public static async Task Serve(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Features.Get<SignalRTransport>()?.Gone("the connection closed");
        }
    }
}

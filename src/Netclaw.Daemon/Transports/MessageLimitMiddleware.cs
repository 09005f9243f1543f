using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Netclaw.Daemon.Transports;

/// <summary>Puts <see cref="LimitedReader"/> between the WebSocket and the hub.</summary>
internal static class MessageLimitMiddleware
{
    /// <summary>Ends every message of the hub's JSON protocol.</summary>
    private const byte RecordSeparator = 0x1e;

    public static IConnectionBuilder UseMessageLimit(this IConnectionBuilder builder) => builder.Use(next => connection =>
    {
        var limit = new MessageLimit();
        limit.OnExceeded(connection.Abort);
        connection.Features.Set(limit);
        connection.Transport = new Duplex(new LimitedReader(connection.Transport.Input, limit, RecordSeparator), connection.Transport.Output);
        return next(connection);
    });

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

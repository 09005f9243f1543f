using Microsoft.Extensions.Logging;

namespace Netclaw.Actors.Methods;

/// <summary>Events 1400-1499.</summary>
internal static partial class MethodLog
{
    [LoggerMessage(1400, LogLevel.Error, "the handler {Handler} failed; it starts again in {WaitMs} ms, its open calls were answered handler_unavailable")]
    public static partial void Restarting(ILogger log, HandlerKey handler, double waitMs);

    [LoggerMessage(1401, LogLevel.Error, "a pairing code could not be stretched")]
    public static partial void StretchFailed(ILogger log, Exception cause);

    [LoggerMessage(1403, LogLevel.Information, "{By} confirmed that local devices may be paired without a prompt, with exposure {Exposure} and auth {Auth}")]
    public static partial void LocalPairingConfirmed(ILogger log, string by, string exposure, string auth);

    [LoggerMessage(1402, LogLevel.Error, "the registry answered {Reply} to {Method}")]
    public static partial void UnexpectedReply(ILogger log, string reply, string method);
}

namespace Netclaw.Protocol;

/// <summary>
/// A refusal, the gateway's or this side's own, as one thing that a person can read: what was tried, what was seen, and one
/// command that leads out. Expected; never shown with its stack.
/// </summary>
public sealed class GatewayException(CallError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public CallError Error { get; } = error;

    /// <summary>The code as a member of the closed set; null when the gateway is newer and knows more.</summary>
    public RefusalCode? Code { get; } = RefusalTable.TryFind(error.Code, out var refusal) ? refusal.Code : null;

    internal static GatewayException Of(RefusalCode code, string message, string? remedy = null, Exception? cause = null) =>
        new(RefusalTable.Error(code, message, remedy), cause);
}

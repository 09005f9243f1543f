using Microsoft.Extensions.Logging;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>Events 1000-1099.</summary>
internal static partial class SessionLog
{
    public static void Changed(ILogger log, SessionId session, SessionState before, SessionState after)
    {
        if (log.IsEnabled(LogLevel.Debug))
        {
            Changed(log, session, Place(before), Place(after));
        }
    }

    [LoggerMessage(1000, LogLevel.Debug, "session {Session}: {Before} -> {After}")]
    private static partial void Changed(ILogger log, SessionId session, string before, string after);

    [LoggerMessage(1001, LogLevel.Warning, "session {Session}: ended while {State} ({Code})")]
    public static partial void EndedEarly(ILogger log, SessionId session, string state, string code);

    [LoggerMessage(1002, LogLevel.Error, "session {Session}: the stored key of code {Code} does not open; the journal key is not the one it was sealed with")]
    public static partial void CodeUnreadable(ILogger log, SessionId session, PairingCodeId code);

    [LoggerMessage(1003, LogLevel.Information, "draining {Sessions} sessions until {Deadline:O}")]
    public static partial void Draining(ILogger log, int sessions, DateTimeOffset deadline);

    [LoggerMessage(1004, LogLevel.Warning, "session {Session}: its ending could not do {Effect}")]
    public static partial void EndingFailed(ILogger log, Exception cause, SessionId session, string effect);

    [LoggerMessage(1005, LogLevel.Information, "session {Session}: internal node {Node} without a device of its own, admitted as {Name}; it serves nothing until its surface is approved")]
    public static partial void InternalNode(ILogger log, SessionId session, string node, string name);

    private static string Place(SessionState state) => state switch
    {
        SessionState.AwaitingPairing s => $"{s.Name} ({s.Step})",
        SessionState.Active s => $"{s.Name} ({s.Principal.MethodName}, {s.Calls.Length} open)",
        SessionState.Closed s => $"{s.Name} ({s.Cause})",
        _ => state.Name,
    };
}

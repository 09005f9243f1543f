using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Lifetime;

/// <summary>Log events 2000-2099.</summary>
internal static partial class LifetimeLog
{
    /// <summary>Standard error has the whole report of why, which follows.</summary>
    public const int NotStartedEvent = 2002;

    [LoggerMessage(2000, LogLevel.Information, "netclawd {Version} (pid {Pid}) serves {Home} as {Gateway}; {Journal}")]
    public static partial void Starting(ILogger log, string version, int pid, string home, string gateway, string journal);

    [LoggerMessage(2001, LogLevel.Information, "ready after {Milliseconds} ms: {Endpoints} and {ControlSocket}")]
    public static partial void Ready(ILogger log, long milliseconds, string endpoints, string controlSocket);

    [LoggerMessage(NotStartedEvent, LogLevel.Error, "not started: {Problem}")]
    public static partial void NotStarted(ILogger log, string problem, Exception? cause);

    [LoggerMessage(2003, LogLevel.Information, "stopping, asked by {By}: draining for up to {Seconds} s")]
    public static partial void Stopping(ILogger log, string by, double seconds);

    [LoggerMessage(2004, LogLevel.Information, "drained: {Sessions} sessions closed")]
    public static partial void Drained(ILogger log, int sessions);

    [LoggerMessage(2005, LogLevel.Warning, "{Phase} did not end within its budget; going on")]
    public static partial void Overran(ILogger log, string phase);

    [LoggerMessage(2006, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(2007, LogLevel.Warning, "the host credential does not serve: {Why}; the control socket does. Way out: {Remedy}")]
    public static partial void HostCredential(ILogger log, string why, string remedy);

    [LoggerMessage(2008, LogLevel.Error, "the journal failed: {Failure}; reads go on, changes are refused until a restart")]
    public static partial void JournalFailed(ILogger log, string failure);

    [LoggerMessage(2009, LogLevel.Error, "{Failure}")]
    public static partial void FileFailed(ILogger log, string failure);

    [LoggerMessage(2010, LogLevel.Warning, "this kernel knows no child subreaper: a spawned process could leave the daemon's family by a double fork")]
    public static partial void NoSubreaper(ILogger log);

    [LoggerMessage(2011, LogLevel.Warning, "this system has no sock_diag: whose process is behind a loopback connection is read from the table of all sockets, and only while a rule can let somebody in by it")]
    public static partial void NoSockDiag(ILogger log);

    [LoggerMessage(2012, LogLevel.Warning, "a rotation of the host credential was cut short and is complete now: this host is {Device}")]
    public static partial void HostRotated(ILogger log, string device);

    [LoggerMessage(2030, LogLevel.Warning, "the daemon before this one came to no end; ended {Ended} programs that it had started")]
    public static partial void EndedLeftBehind(ILogger log, int ended);

    [LoggerMessage(2031, LogLevel.Warning, "ended {Ended} programs that had not ended when they were asked to")]
    public static partial void EndedChildren(ILogger log, int ended);

    [LoggerMessage(2032, LogLevel.Error, "{Left} programs that this home's daemon had started could not be ended; they are refused where they come without a credential")]
    public static partial void ChildrenLeft(ILogger log, int left);

    [LoggerMessage(2020, LogLevel.Warning, "local devices are not paired without a prompt since the gateway changed to exposure {Exposure}, auth {Auth}. Way out: {Remedy}")]
    public static partial void LocalPairingSuspended(ILogger log, string exposure, string auth, string remedy);
}

namespace Netclaw.Daemon.Logging;

/// <summary>What of the log goes onto standard error as well.</summary>
public enum LogEcho
{
    /// <summary>Nobody is there: the daemon let go of its terminal.</summary>
    Nothing,

    /// <summary>Somebody watches.</summary>
    Everything,

    /// <summary>A service manager keeps what is written: warnings and errors.</summary>
    Problems,

    /// <summary>The systemd journal keeps it: the same, each with its priority before it (sd-daemon(3)).</summary>
    RankedProblems,
}

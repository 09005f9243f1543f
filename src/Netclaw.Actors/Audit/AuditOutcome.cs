namespace Netclaw.Actors.Audit;

/// <summary>How it ended.</summary>
public enum AuditOutcome
{
    Ok,
    Refused,

    /// <summary>Nobody decided: the other side went away.</summary>
    Abandoned,
}

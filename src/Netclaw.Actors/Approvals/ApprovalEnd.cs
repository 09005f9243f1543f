namespace Netclaw.Actors.Approvals;

/// <summary>How a question came to its end.</summary>
public enum ApprovalEnd
{
    /// <summary>An operator decided.</summary>
    Decided,

    /// <summary>Nobody decided in time: denied.</summary>
    TimedOut,

    /// <summary>Whoever asked does not wait any more, or is gone: denied.</summary>
    Withdrawn,
}

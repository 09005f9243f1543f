namespace Netclaw.Actors.Approvals;

/// <summary>Why a request or a decision is not taken. Closed.</summary>
public enum ApprovalRefusal
{
    /// <summary>Nothing is asked under that id: it never was, or it is over.</summary>
    NotFound,

    /// <summary>A node does not decide what it asked for.</summary>
    OwnRequest,

    /// <summary>More is asked already than anybody will read.</summary>
    TooMany,

    /// <summary>No program, or more text than an operator can judge.</summary>
    Unreadable,
}

namespace Netclaw.Actors.Approvals;

/// <summary>Why a request or a decision is not taken. Closed.</summary>
public enum ApprovalRefusal
{
    /// <summary>Nothing is asked under that id: it never was, or it is over.</summary>
    NotFound,

    /// <summary>Nobody allows what they asked for themselves.</summary>
    OwnRequest,

    /// <summary>This question is not answered with an allowance for ever.</summary>
    OnceOnly,

    /// <summary>More is asked already than anybody will read.</summary>
    TooMany,

    /// <summary>Nothing to judge, or more text than an operator can.</summary>
    Unreadable,
}

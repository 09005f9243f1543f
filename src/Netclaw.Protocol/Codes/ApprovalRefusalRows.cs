using static Netclaw.Protocol.RefusalCode;
using static Netclaw.Protocol.RefusalRows;
using static Netclaw.Protocol.RefusalSource;

namespace Netclaw.Protocol;

/// <summary>The rows about what operators are asked to allow.</summary>
internal static class ApprovalRefusalRows
{
    internal static readonly Row[] All =
    [
        new(ApprovalNotFound, Conversation, 0, 404, ExitCodes.Refused, false,
            "Nothing waits for a decision under that id: it never did, it was decided, it ran out, or whoever asked is gone.", "netclaw approvals list"),
        new(ApprovalOwn, Conversation, 0, 403, ExitCodes.Refused, false,
            "Nobody allows what they asked for themselves; another operator decides.", "netclaw approvals list"),
        new(TooManyApprovals, Conversation, 0, 429, ExitCodes.TryAgain, true,
            "More waits for a decision already than one node, or all together, may ask for.", "netclaw approvals list"),
    ];
}

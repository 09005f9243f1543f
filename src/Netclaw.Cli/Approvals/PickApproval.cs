using System.Collections.Immutable;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Approvals;

/// <summary>Finds the one question that somebody means: its id, the start of it, or the name of the node when it asks just one thing.</summary>
internal static class PickApproval
{
    /// <summary>A whole id that is not on the list is passed on: the gateway knows what became of it.</summary>
    public static (string Id, PendingExecApproval? Pending) One(string typed, ImmutableArray<PendingExecApproval> pending)
    {
        if (Pick.One(typed, pending, question => question.Id.ToString(), question => question.Request.NodeName ?? "", Shown) is { } found)
        {
            return (found.Id.ToString(), found);
        }

        var waiting = pending.IsEmpty ? "Nothing waits for a decision." : $"Waiting: {string.Join(", ", pending.Select(Shown))}.";
        return ApprovalId.TryParse(typed, out var id)
            ? (id.ToString(), null)
            : throw new CommandFailure(RefusalCode.ApprovalNotFound, $"No question matches '{typed}'. {waiting}", "netclaw approvals list");
    }

    private static string Shown(PendingExecApproval question) => $"{question.Id} ({question.Request.NodeName ?? question.Request.Host})";
}

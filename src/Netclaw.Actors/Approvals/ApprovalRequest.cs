using System.Collections.Immutable;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>A node asks whether it may run a program.</summary>
/// <param name="Node">The id of the device that asks, as the session proved it; never as the call says.</param>
/// <param name="Command">The program's path and its arguments, whole: what is allowed is what was shown.</param>
/// <param name="Directory">Where it would run; null: the node did not say.</param>
/// <param name="Waiter">The node's call, answered with the decision.</param>
public sealed record ApprovalRequest(ApprovalId Id, string Node, ImmutableArray<string> Command, string? Directory, Waiter Waiter, TimeSpan Timeout)
{
    public const int MostArguments = 256;
    public const int LongestText = 16 * 1024;

    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <summary>A request that is cut short to be shown is one nobody has seen: it is not taken at all.</summary>
    public bool IsReadable => Command is { IsDefaultOrEmpty: false, Length: <= MostArguments } && Command[0].Length > 0
        && Command.Sum(text => (long)text.Length) + (Directory?.Length ?? 0) <= LongestText;
}

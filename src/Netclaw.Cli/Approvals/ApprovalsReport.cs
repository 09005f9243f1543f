using System.Collections.Immutable;
using Netclaw.Cli.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Cli.Approvals;

/// <param name="Pending">What waits for a decision, the oldest first.</param>
internal sealed record ApprovalsReport(ImmutableArray<PendingExecApproval> Pending, ReachedBy ReachedBy);

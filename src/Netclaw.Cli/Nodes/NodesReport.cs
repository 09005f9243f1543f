using System.Collections.Immutable;
using Netclaw.Cli.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <param name="Pending">What nodes ask to lend; absent for whoever does not hold the pairing scope.</param>
internal sealed record NodesReport(ImmutableArray<NodeRow> Nodes, ReachedBy ReachedBy, ImmutableArray<PendingNode>? Pending = null);

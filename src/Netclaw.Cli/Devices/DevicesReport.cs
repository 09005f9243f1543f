using System.Collections.Immutable;
using Netclaw.Cli.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

internal sealed record DevicesReport(ImmutableArray<PendingPairing> Pending, ImmutableArray<PairedDevice> Paired, int LiveCodes, ReachedBy ReachedBy);

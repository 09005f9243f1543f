using System.Collections.Immutable;
using Netclaw.Cli.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <param name="Legacy">Imported devices that wait for their key; absent when there are none.</param>
internal sealed record DevicesReport(
    ImmutableArray<PendingPairing> Pending, ImmutableArray<PairedDevice> Paired, int LiveCodes, ReachedBy ReachedBy, ImmutableArray<LegacyDeviceRow>? Legacy = null);

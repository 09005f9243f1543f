using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Cli.Backups;

/// <summary>What <c>netclawd offline backup-create</c> says.</summary>
/// <param name="Devices">Paired ones, the host among them.</param>
/// <param name="Raw">Byte by byte, without being read.</param>
/// <param name="Dump">The command that saves the journal where that is a database elsewhere.</param>
/// <param name="Removed">Older archives that had to go; null: none were to be removed.</param>
internal sealed record BackupMade(
    string File, long Bytes, long Records = 0, int Devices = 0, bool Raw = false, string Provider = "sqlite", string? Dump = null, ImmutableArray<string>? Removed = null);

/// <summary>What <c>netclawd offline backup-verify</c> says of an archive that is what was written.</summary>
internal sealed record BackupVerified(
    string File, bool Sound, GatewayId? Gateway, string Name, DateTimeOffset CreatedAt, long Epoch, string Provider, bool Raw, long Files, long Records, int Devices);

/// <summary>What a restore comes to, before and after: <c>netclawd offline backup-plan</c> and <c>backup-restore</c>.</summary>
/// <param name="From">The epoch in force; 0: none.</param>
/// <param name="Devices">Those that are in the backup and may be let in afterwards.</param>
/// <param name="Suspended">Of those, how many wait for an operator first.</param>
/// <param name="StayRevoked">Let in by the backup, and revoked since.</param>
/// <param name="Why">Why devices are suspended.</param>
/// <param name="Backup">Of what was there before.</param>
internal sealed record RestoreReport(
    string File, GatewayId Gateway, string Name, DateTimeOffset CreatedAt, long From, long To, long Records, int Devices, int Suspended, int StayRevoked, string? Why,
    ImmutableArray<string> Writes, bool Done = false, string? Backup = null, ImmutableArray<string>? SetAside = null);

/// <summary>What <c>netclawd offline backup-unpack</c> says.</summary>
internal sealed record UnpackReport(string Directory, ImmutableArray<string> Files);

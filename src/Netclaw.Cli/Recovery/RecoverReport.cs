using Netclaw.Protocol;

namespace Netclaw.Cli.Recovery;

/// <summary>The result of <c>netclaw recover local-access</c>.</summary>
/// <param name="Outcome">healthy, planned (with <c>--dry-run</c>), repaired or reset.</param>
internal sealed record RecoverReport(string Outcome, RecoveryPlanResult Plan, BackupMade? Backup = null, RecoveryRepairResult? Repair = null, AccessProven? Proof = null)
{
    public const string Healthy = "healthy";
    public const string Planned = "planned";
    public const string Repaired = "repaired";
    public const string Reset = "reset";
}

/// <summary>What <c>netclawd offline backup-create</c> says.</summary>
/// <param name="Raw">Byte by byte, without being read.</param>
internal sealed record BackupMade(string File, long Bytes, bool Raw = false);

/// <summary>How the local operator was let in after a repair.</summary>
/// <param name="Daemon">running, or trial: one that was started for the proof and is stopped again.</param>
/// <param name="ControlSocket">By what, as whom.</param>
/// <param name="HostKey">The address that took the host's own key; null where the running daemon listens nowhere that this process reaches.</param>
internal sealed record AccessProven(string Daemon, string ControlSocket, string? HostKey);

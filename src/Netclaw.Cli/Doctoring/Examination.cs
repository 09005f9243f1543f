using System.Collections.Immutable;
using Netclaw.Cli.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>What <c>netclawd offline examine</c> says: a member for each section, null where it was not asked for, that netclawd has none of the name, or it could not look.</summary>
/// <param name="Failed">Section and reason.</param>
internal sealed record Examination(
    ConfigCheckReport? Configuration, ExposureReport? Exposure, TunnelReport? Tunnel, KeysReport? Keys, JournalFilesReport? Journal, JournalCheckReport? Records,
    RuntimeReport? Runtime, RecoveryPlanResult? LocalAccess, ImmutableDictionary<string, string>? Failed)
{
    /// <exception cref="IOException">It is not there.</exception>
    public T Required<T>(T? section, string name) where T : class =>
        section ?? throw new IOException(Failed?.GetValueOrDefault(name) ?? $"this netclawd tells nothing of {name}");
}

/// <param name="Listen">Address and port that TCP clients and proxies reach.</param>
/// <param name="Proxies">How many networks a proxy may be in.</param>
/// <param name="ProxiesReachable">False: the listener is on loopback, and no trusted proxy is.</param>
internal sealed record ExposureReport(string Mode, string AuthMode, string Listen, string? ExternalUrl, int Proxies, bool ProxiesReachable);

/// <param name="Agent">Null: there is no tunnel.</param>
/// <param name="Runs">Null: it cannot be told.</param>
/// <param name="Required">A start without it is refused.</param>
internal sealed record TunnelReport(string? Agent, bool? Runs, bool Required);

/// <param name="Fresh">Nothing was ever set up.</param>
/// <param name="Bootstrap">not-started, seeded or completed, as the mark outside the journal has it.</param>
/// <param name="HostKey">ok, missing or unreadable.</param>
internal sealed record KeysReport(bool Fresh, GatewayId? GatewayId, string? Name, long? Epoch, string? Bootstrap, string HostKey, ImmutableArray<ConfigProblem> Problems);

/// <param name="Journal">Null: it is not in files.</param>
internal sealed record JournalFilesReport(string Provider, DatabaseFileReport? Journal, DatabaseFileReport? Snapshots);

/// <param name="Problem">Why it could not be read.</param>
/// <param name="Schema">What of its tables is missing.</param>
/// <param name="NewestMs">When the newest row was written, Unix time.</param>
internal sealed record DatabaseFileReport(
    string File, bool Exists, string? Problem, ImmutableArray<string> Schema, ImmutableArray<LastRowReport> Last, long? NewestMs, long Bytes, long LogBytes);

internal sealed record LastRowReport(string PersistenceId, long Sequence);

/// <param name="Directory">Where netclawd's .NET runtime is installed.</param>
/// <param name="SystemSqlite">Null: the system has none.</param>
internal sealed record RuntimeReport(string Dotnet, string Directory, string Sqlite, string? SystemSqlite, bool SystemSqliteUsable, string? OpenSsl);

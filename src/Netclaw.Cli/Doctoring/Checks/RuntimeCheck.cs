using System.Collections.Immutable;
using Netclaw.Cli.Kernel;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>What Netclaw runs on: .NET, SQLite, OpenSSL, the kernel.</summary>
internal sealed class RuntimeCheck : ICheck
{
    private static readonly FindingKind OldDotnet = new(
        "dotnet_outdated", Severity.Warning, "A newer patch of .NET is installed than the one that runs: the fixes in it are not in force.", "netclaw daemon stop && netclaw daemon start");

    private static readonly FindingKind OldSqlite = new(
        "sqlite_outdated", Severity.Warning, "The system's SQLite is older than 3.35 or not made for threads: the bundled one is used, which the system does not mend.", "sqlite3 --version");

    public string Id => "runtime";

    public string Looks => "Versions of .NET (of netclawd, or of the running daemon), SQLite (system or bundled), OpenSSL and the kernel.";

    public ImmutableArray<FindingKind> Kinds => [OldDotnet, OldSqlite];

    public Needs Needs => new(["runtime"]);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => await visit.ExaminationAsync(cancellation) is { } seen
        ? Of(seen.Required(seen.Runtime, "runtime"), visit.Sight.Pid is { } pid ? InstalledRuntime.OfProcess(pid) : null)
        : CheckReport.Skipped(Id, $"{visit.Unexamined}.");

    /// <param name="running">The directory of the running daemon's runtime; null: none runs, or it cannot be told.</param>
    public CheckReport Of(RuntimeReport runtime, string? running)
    {
        var used = running ?? runtime.Directory;
        ImmutableArray<DoctorFinding> findings =
        [
            .. InstalledRuntime.NewerThan(used) is not { } newer ? [] : (ReadOnlySpan<DoctorFinding>)
                [OldDotnet.Found($"{(running is null ? "netclawd" : "The running daemon")} uses .NET {Path.GetFileName(used)}, and {newer} is installed beside it.")],
            .. runtime is { SystemSqlite: null } or { SystemSqliteUsable: true } ? [] : (ReadOnlySpan<DoctorFinding>)
                [OldSqlite.Found($"The system's SQLite is {runtime.SystemSqlite}: Netclaw needs 3.35 or newer, with threads, and uses the one that it brings.")],
        ];
        return CheckReport.Of(Id, $"{runtime.Dotnet}, {runtime.Sqlite}, OpenSSL {runtime.OpenSsl ?? "unknown"}, Linux {Environment.OSVersion.Version}.", findings);
    }
}

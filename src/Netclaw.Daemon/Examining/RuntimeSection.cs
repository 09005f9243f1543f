using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Offline;

namespace Netclaw.Daemon.Examining;

/// <param name="Dotnet">Of netclawd, such as <c>.NET 10.0.12</c>.</param>
/// <param name="Directory">Where that runtime is installed, beside others.</param>
/// <param name="Sqlite">With whose it is: <c>SQLite 3.40.1 (system)</c>.</param>
/// <param name="SystemSqlite">Version of the system's library, taken or not; null: there is none.</param>
/// <param name="OpenSsl">Null: it cannot be told.</param>
internal sealed record RuntimeSeen(string Dotnet, string Directory, string Sqlite, string? SystemSqlite, bool SystemSqliteUsable, string? OpenSsl);

/// <summary>The libraries that netclawd runs on, as this very process loaded them.</summary>
internal sealed class RuntimeSection : IExamineSection
{
    public string Name => "runtime";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(
        new RuntimeSeen(
            RuntimeInformation.FrameworkDescription, Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory()),
            SqliteProvider.Use(), SqliteProvider.SystemVersion(out var usable), usable, OpenSsl()),
        OfflineJson.Readable.RuntimeSeen);

    private static string? OpenSsl()
    {
        try
        {
            var version = SafeEvpPKeyHandle.OpenSslVersion;
            return $"{(version >> 28) & 0xF}.{(version >> 20) & 0xFF}.{(version >> 4) & 0xFF}";
        }
        catch (PlatformNotSupportedException)
        {
            return null;
        }
    }
}

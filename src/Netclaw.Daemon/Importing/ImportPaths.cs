using System.Collections.Immutable;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>Which files a path stands for.</summary>
/// <param name="Shown">Within the directory that was named.</param>
internal sealed record ImportPath(string Full, string Shown)
{
    private static readonly ImmutableArray<string> Places =
    [
        "devices.json", "secrets.json", "bootstrap-state.json",
        "config/devices.json", "config/secrets.json", "config/bootstrap-state.json",
        "paired.json", "pending.json", "devices/paired.json", "devices/pending.json", "nodes/paired.json", "nodes/pending.json",
    ];

    /// <returns>Empty, with the problem added, when there is none.</returns>
    public static ImmutableArray<ImportPath> Of(string given, StartProblems problems)
    {
        var full = Path.GetFullPath(given);
        if (!Directory.Exists(full))
        {
            return [new ImportPath(full, Path.GetFileName(full))];
        }

        ImmutableArray<ImportPath> found = [.. Places.Select(place => new ImportPath(Path.Combine(full, place), place)).Where(path => Exists(path.Full))];
        if (found.IsEmpty)
        {
            problems.Add(RefusalCode.UsageError, $"{full} holds no file of an earlier gateway. Looked for {string.Join(", ", Places)}.", "netclaw import --help");
        }

        return found;
    }

    /// <summary>A link that leads nowhere is there, and is refused by name.</summary>
    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;
}

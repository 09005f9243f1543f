using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>What is in a directory, by name.</summary>
/// <param name="Truncated">There is more.</param>
internal sealed record DirectoryListing(IReadOnlyList<DirectoryEntry> Entries, bool Truncated)
{
    public const int MostEntries = 1000;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is closed to us.</exception>
    public static DirectoryListing Of(RealDirectory directory, bool directoriesOnly, CancellationToken cancellation)
    {
        var entries = new List<DirectoryEntry>();
        foreach (var path in Directory.EnumerateFileSystemEntries(directory.Way + "/", "*", Everything))
        {
            cancellation.ThrowIfCancellationRequested();

            // Gone in the meantime, or with a name that is not text.
            if (FileFacts.OfPath(path) is not { } facts || (directoriesOnly && facts.Kind != FileKind.Directory))
            {
                continue;
            }

            if (entries.Count == MostEntries)
            {
                return new DirectoryListing(InOrder(entries), Truncated: true);
            }

            entries.Add(new DirectoryEntry(Path.GetFileName(path), facts));
        }

        return new DirectoryListing(InOrder(entries), Truncated: false);
    }

    private static List<DirectoryEntry> InOrder(IEnumerable<DirectoryEntry> entries) => [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
}

/// <param name="Facts">Of the entry itself, also where it is a link.</param>
internal sealed record DirectoryEntry(string Name, FileFacts Facts)
{
    public void Write(Utf8JsonWriter json, string directory, bool details)
    {
        json.WriteString("name", Name);
        json.WriteString("path", directory == "/" ? "/" + Name : $"{directory}/{Name}");
        if (Name[0] == '.')
        {
            json.WriteBoolean("hidden", true);
        }

        if (details)
        {
            json.WriteString("kind", Kind);
            json.WriteNumber("size", Facts.Size);
            json.WriteNumber("modifiedMs", Facts.ModifiedNs / 1_000_000);
        }
    }

    private string Kind => Facts.Kind switch
    {
        FileKind.File => "file",
        FileKind.Directory => "directory",
        FileKind.Link => "link",
        FileKind.Socket => "socket",
        _ => "other",
    };
}

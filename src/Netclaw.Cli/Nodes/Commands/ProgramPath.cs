using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// A program that is there and may be executed. Its path has a real directory and keeps its own last name: many programs are one file that
/// does what it is called by, so that the file alone does not say which of them is meant.
/// </summary>
/// <param name="Links">The path, and where it leads link by link; the file itself comes last.</param>
internal sealed record ProgramPath(string Path, ImmutableArray<string> Links)
{
    private const int MostLinks = 40;

    /// <param name="program">An absolute path, or a name that is looked for.</param>
    /// <param name="searchPath">Directories, parted by colons; those that are not absolute are passed over.</param>
    /// <returns>Null: there is none.</returns>
    public static ProgramPath? Find(string program, string searchPath) => program.Contains('/')
        ? At(program)
        : searchPath.Split(':').Where(directory => directory.StartsWith('/')).Select(directory => At($"{directory}/{program}")).FirstOrDefault(found => found is not null);

    private static ProgramPath? At(string path)
    {
        try
        {
            if (!path.StartsWith('/') || !PathAccess.IsProgram(path))
            {
                return null;
            }

            var links = ImmutableArray.Create(Canonical(path));
            while (links.Length <= MostLinks && new FileInfo(links[^1]).LinkTarget is { } target)
            {
                links = links.Add(Canonical(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(links[^1])!, target)));
            }

            return new ProgramPath(links[0], links);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Canonical(string path)
    {
        var (directory, name) = (System.IO.Path.GetDirectoryName(path)!, System.IO.Path.GetFileName(path));
        using var real = name is "" or "." or ".." ? throw new IOException("no program's name") : RealDirectory.Open(directory);
        return real.Path == "/" ? "/" + name : $"{real.Path}/{name}";
    }
}

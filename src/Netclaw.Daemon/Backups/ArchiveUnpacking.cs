using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>An archive's files under a directory, each 0600 in directories that are 0700. Records are not files and are left out.</summary>
internal static class ArchiveUnpacking
{
    /// <exception cref="IOException">One could not be written, or is named as nothing in a home is.</exception>
    /// <exception cref="ArchiveDamageException">With the place.</exception>
    public static IReadOnlyList<string> Into(string archive, string directory)
    {
        var made = new List<string>();
        FileStream? file = null;
        try
        {
            new ArchiveReader(archive).Read(onContent: (named, at, content) =>
            {
                if (at == 0)
                {
                    file?.Dispose();
                    file = Make(directory, named.Path);
                    made.Add(file.Name);
                }

                FileCalls.Current.Write(file!, content.Span);
            });
        }
        finally
        {
            file?.Dispose();
        }

        return made;
    }

    private static FileStream Make(string directory, string name)
    {
        var path = Path.GetFullPath(Path.Combine(directory, name));
        if (!path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new IOException($"'{name}' leads out of {directory}");
        }

        for (var at = directory; ; at = Path.Combine(at, Path.GetRelativePath(at, path).Split(Path.DirectorySeparatorChar)[0]))
        {
            if (at == path)
            {
                return FileCalls.Current.CreateNew(path);
            }

            if (PrivateDirectory.Ensure(at) is { } objection)
            {
                throw new IOException(objection);
            }
        }
    }
}

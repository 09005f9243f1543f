using Netclaw.Protocol;

namespace Netclaw.Cli.Logs;

/// <summary>
/// A growing file and its former ones (<see cref="FormerFiles"/>), looked at while they may be moving. Empty ones are passed over: whoever writes has gone on to a newer file
/// once there is something in it, and the older is final then.
/// </summary>
internal sealed class LogChain(string path)
{
    /// <summary>Where what is looked for is none of them: it was moved elsewhere, or removed as the oldest.</summary>
    private const int Beyond = FormerFiles.Most + 1;

    /// <summary>The newest with something in it; an empty one if there is no other.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public FileStream OpenNewest()
    {
        for (var number = 0; number <= FormerFiles.Most; number++)
        {
            if (Facts(number) is { Size: > 0 } && Open(number) is { } file)
            {
                return file;
            }
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <returns>Null: it is the newest.</returns>
    public FileStream? OpenNewer(FileStream than) => OpenSettled(than, (number, facts) =>
    {
        for (var newer = number - 1; newer >= 0; newer--)
        {
            // Of files that were there when this one was moved elsewhere, those that ended before it are older.
            if (Facts(newer) is { Size: > 0 } seen && (number < Beyond || newer == 0 || seen.ModifiedNs >= facts.ModifiedNs))
            {
                return newer;
            }
        }

        return null;
    });

    /// <returns>Null: it is the oldest, or none of them any more.</returns>
    public FileStream? OpenOlder(FileStream than) => OpenSettled(than, (number, _) =>
    {
        for (var older = number + 1; older <= FormerFiles.Most; older++)
        {
            if (Facts(older) is { Size: > 0 })
            {
                return older;
            }
        }

        return null;
    });

    /// <summary>One of the former files as it is now, for whoever knows by its content which one it wants.</summary>
    public IEnumerable<FileStream> OpenFormer()
    {
        for (var number = 1; number <= FormerFiles.Most; number++)
        {
            if (Facts(number) is not null && Open(number) is { } file)
            {
                yield return file;
            }
        }
    }

    /// <summary>Opens a neighbour. Files may move between a look and an opening: only what is still so afterwards was so all the time, because no file ever moves back.</summary>
    private FileStream? OpenSettled(FileStream of, Func<int, FileFacts, int?> neighbour)
    {
        while (true)
        {
            var facts = FileFacts.OfHandle(of.SafeFileHandle);
            var number = NumberOf(facts);
            if (neighbour(number, facts) is not { } wanted)
            {
                return null;
            }

            var file = Open(wanted);
            if (file is not null && NumberOf(facts) == number && neighbour(number, facts) == wanted
                && Facts(wanted) is { } named && named.IsSameFileAs(FileFacts.OfHandle(file.SafeFileHandle)))
            {
                return file;
            }

            file?.Dispose();
        }
    }

    private int NumberOf(FileFacts file)
    {
        for (var number = 0; number <= FormerFiles.Most; number++)
        {
            if (Facts(number) is { } facts && facts.IsSameFileAs(file))
            {
                return number;
            }
        }

        return Beyond;
    }

    private FileFacts? Facts(int number) => FileFacts.OfTarget(FormerFiles.NameOf(path, number)) is { Kind: not FileKind.Directory } facts ? facts : null;

    private FileStream? Open(int number)
    {
        try
        {
            return new FileStream(FormerFiles.NameOf(path, number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

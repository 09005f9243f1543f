using System.Globalization;
using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>
/// Small files that only their owner may read: keys, marks, profiles. Written whole or not at all (temporary file, fsync, rename,
/// fsync of the directory), mode 0600. Read only when they belong to this user (or root) and are closed to everybody else; a file
/// that cannot be read is a problem with words, never "empty" and never "missing".
/// </summary>
public static class PrivateFile
{
    /// <summary>Larger than any file of this kind; what is larger is something else.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <param name="most">In bytes; what is larger is something else.</param>
    public static PrivateFileResult Read(string path, uint most = MaximumBytes)
    {
        try
        {
            if (FileFacts.OfPath(path) is not { } seen)
            {
                return new PrivateFileResult.Missing();
            }

            if (Objection(seen, most) is { } objection)
            {
                return new PrivateFileResult.Problem($"{path} {objection}");
            }

            using var file = FileCalls.Current.OpenToRead(path);
            var opened = FileFacts.OfHandle(file.SafeFileHandle);
            return opened.IsSameFileAs(seen) && Objection(opened, most) is null
                ? new PrivateFileResult.Loaded(ReadAll(file, (int)opened.Size))
                : new PrivateFileResult.Problem($"{path} was replaced while it was being read");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PrivateFileResult.Problem($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Replaces the file, or makes it. After return the new content survives a power cut; before, the old one does.</summary>
    /// <exception cref="IOException">Nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public static void WriteAtomically(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, overwrite: true);

    /// <summary>Makes the file; one that is already there stays as it is.</summary>
    /// <exception cref="IOException">The file exists, or could not be written; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public static void CreateAtomically(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, overwrite: false);

    /// <summary>Gives the file another name in its directory, durably; nothing is destroyed.</summary>
    /// <exception cref="IOException">Something has that name; both stay as they are.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public static void SetAside(string path, string aside)
    {
        FileCalls.Current.Link(path, aside);
        ForgetFormerName(path);
    }

    /// <summary>The second half of <see cref="SetAside"/>, for one that was cut short there: the first name goes only when the second is surely on the disk, or a power cut could keep neither.</summary>
    /// <exception cref="IOException">The file has at least one of its names.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void ForgetFormerName(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        FlushDirectory(directory);
        FileCalls.Current.Delete(path);
        FlushDirectory(directory);
    }

    /// <summary>Makes a rename or removal in <paramref name="directory"/> survive a power cut.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void FlushDirectory(string directory) => FileCalls.Current.FlushDirectory(directory);

    private static void Write(string path, ReadOnlySpan<byte> bytes, bool overwrite)
    {
        var calls = FileCalls.Current;
        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full)!;
        var temporary = Path.Combine(directory, $".{Path.GetFileName(full)}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
        try
        {
            using (var file = calls.CreateNew(temporary))
            {
                calls.Write(file, bytes);
                if (!Sabotage.Is(Break.SkipFileFlush))
                {
                    calls.Flush(file);
                }
            }

            if (overwrite || Sabotage.Is(Break.ReplaceInsteadOfCreate))
            {
                calls.Rename(temporary, full);
            }
            else
            {
                calls.Link(temporary, full);
                calls.Delete(temporary);
            }
        }
        catch
        {
            Forget(temporary);
            throw;
        }

        if (!Sabotage.Is(Break.SkipDirectoryFlush))
        {
            calls.FlushDirectory(directory);
        }
    }

    /// <summary>What failed first is what is told, not that the file left over could not be removed either.</summary>
    private static void Forget(string temporary)
    {
        try
        {
            FileCalls.Current.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string? Objection(FileFacts facts, uint most) => facts switch
    {
        { Kind: FileKind.Link } => "is a symbolic link; it must be the file itself",
        { Kind: not FileKind.File } => "is not a plain file",
        _ when facts.Owner != UserId.Current && facts.Owner != UserId.Root =>
            string.Create(CultureInfo.InvariantCulture, $"belongs to user {facts.Owner}; this process runs as user {UserId.Current}"),
        { IsOpenToOthers: true } => $"is open to others (mode {facts.ModeText}; it must be 0600)",
        _ when facts.Size > most => "is too large to be what it should be",
        _ => null,
    };

    private static byte[] ReadAll(FileStream file, int size)
    {
        var bytes = new byte[size];
        var length = 0;
        while (length < size && FileCalls.Current.Read(file, bytes.AsSpan(length)) is > 0 and var read)
        {
            length += read;
        }

        return bytes[..length];
    }
}

/// <summary>What reading a private file came to. Closed.</summary>
public abstract record PrivateFileResult
{
    private PrivateFileResult()
    {
    }

    public sealed record Loaded(byte[] Bytes) : PrivateFileResult;

    /// <summary>There is nothing at the path.</summary>
    public sealed record Missing : PrivateFileResult;

    /// <param name="Seen">Path and what is wrong with it, for a person.</param>
    public sealed record Problem(string Seen) : PrivateFileResult;
}

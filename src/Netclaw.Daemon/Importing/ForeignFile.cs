using System.Globalization;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Importing;

/// <summary>A file of an earlier gateway: read, never written. Nobody but its owner may have put a device into it, so it must be a plain file of this user's or root's.</summary>
internal static class ForeignFile
{
    public const int MostBytes = 16 * 1024 * 1024;

    /// <param name="shown">As people are told of it.</param>
    /// <returns>Null, with the problem added, when it is not to be read.</returns>
    public static (byte[] Bytes, string? Warning)? Read(string path, string shown, StartProblems problems)
    {
        try
        {
            if (FileFacts.OfPath(path) is not { } seen)
            {
                return Refuse(problems, RefusalCode.UsageError, $"{path} is not there.", null);
            }

            if (Objection(seen, path) is { } objection)
            {
                return Refuse(problems, objection.Code, $"{path} {objection.Seen}", objection.Remedy);
            }

            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var opened = FileFacts.OfHandle(handle);
            if (!opened.IsSameFileAs(seen) || Objection(opened, path) is not null)
            {
                return Refuse(problems, RefusalCode.ImportUnsafe, $"{path} was replaced while it was being read.", $"ls -l {path}");
            }

            return (ReadAll(handle, (int)opened.Size), opened.IsOpenToOthers
                ? $"others can read {shown} (mode {opened.ModeText}), so its tokens may be known to them: chmod 600 {path}"
                : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(problems, RefusalCode.ImportUnsafe, $"{path} cannot be read: {e.Message}", $"ls -l {path}");
        }
    }

    private static (RefusalCode Code, string Seen, string? Remedy)? Objection(FileFacts facts, string path) => facts switch
    {
        { Kind: FileKind.Link } => (RefusalCode.ImportUnsafe, "is a symbolic link; name the file itself.", $"ls -l {path}"),
        { Kind: not FileKind.File } => (RefusalCode.ImportUnsafe, "is not a plain file.", $"ls -l {path}"),
        _ when facts.Owner != UserId.Current && facts.Owner != UserId.Root => (RefusalCode.ImportUnsafe, string.Create(
            CultureInfo.InvariantCulture, $"belongs to user {facts.Owner}; this process runs as user {UserId.Current}."), $"ls -l {path}"),
        { IsWritableByOthers: true } => (RefusalCode.ImportUnsafe, $"can be written by others (mode {facts.ModeText}): anybody could have put a device into it.", $"chmod 600 {path}"),
        { Size: > MostBytes } => (RefusalCode.ImportDamaged, string.Create(
            CultureInfo.InvariantCulture, $"has {facts.Size} bytes; what an earlier gateway wrote has at most {MostBytes}. It was not read."), null),
        _ => null,
    };

    private static byte[] ReadAll(Microsoft.Win32.SafeHandles.SafeFileHandle handle, int size)
    {
        var bytes = new byte[size];
        var length = 0;
        while (length < size && RandomAccess.Read(handle, bytes.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
        }

        return bytes[..length];
    }

    private static (byte[], string?)? Refuse(StartProblems problems, RefusalCode code, string message, string? remedy)
    {
        problems.Add(code, message, remedy);
        return null;
    }
}

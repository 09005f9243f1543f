using System.Globalization;

namespace Netclaw.Protocol;

/// <summary>Directories that only their owner may enter: the home and what is in it.</summary>
public static class PrivateDirectory
{
    /// <summary>Makes the directory 0700 when nothing is there. One that is there is checked and never changed.</summary>
    /// <returns>Null, or what is wrong with it, for a person.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made: the parent does not let this user write.</exception>
    public static string? Ensure(string path)
    {
        if (FileFacts.OfPath(path) is null)
        {
            FileCalls.Current.MakeDirectory(path);
        }

        return FileFacts.OfPath(path) is { } facts ? Objection(path, facts) : $"{path} has just been removed by somebody else";
    }

    private static string? Objection(string path, FileFacts facts) => facts switch
    {
        { Kind: not FileKind.Directory } => $"{path} is not a directory",
        _ when facts.Owner != UserId.Current && facts.Owner != UserId.Root =>
            string.Create(CultureInfo.InvariantCulture, $"{path} belongs to user {facts.Owner}; this process runs as user {UserId.Current}"),
        { IsOpenToOthers: true } => $"{path} is open to others (mode {facts.ModeText}; it must be 0700)",
        _ => null,
    };
}

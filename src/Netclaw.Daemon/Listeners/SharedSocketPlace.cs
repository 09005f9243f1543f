using System.Globalization;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Listeners;

/// <summary>
/// Makes the directory of the shared socket: 0711, the daemon's own, under a runtime directory that other users can pass. That is systemd's
/// <c>RuntimeDirectory=</c> where it set one, <c>/run</c> for root, else <c>/dev/shm</c>; never <c>XDG_RUNTIME_DIR</c>, which is private, and never <c>/tmp</c>, which is swept.
/// </summary>
public static class SharedSocketPlace
{
    private const string SystemdVariable = "RUNTIME_DIRECTORY";
    private const UnixFileMode Passable = (UnixFileMode)0b111_001_001;

    /// <returns>Where the socket goes.</returns>
    public static string Of(NetclawHome home, uint owner, Func<string, string?> environment) =>
        Path.Combine(Parent(owner, environment), SharedSocket.DirectoryName(owner, home.Root), SharedSocket.FileName);

    /// <summary>Only called under the daemon's lock: what lies there is of a dead daemon.</summary>
    /// <returns>False, with the problem added, when the place is not safe or not to be had.</returns>
    public static bool Prepare(string socket, StartProblems problems)
    {
        var directory = Path.GetDirectoryName(socket)!;
        try
        {
            return IsGood(Path.GetDirectoryName(directory)!, ParentObjection, problems)
                && Make(directory)
                && IsGood(directory, DirectoryObjection, problems)
                && ControlSocketPath.Clear(socket, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"{directory}, the place of the socket for other users, cannot be made: {e.Message}", $"ls -ld {Path.GetDirectoryName(directory)}");
            return false;
        }
    }

    /// <summary>The socket and, when nothing else is in it, its directory.</summary>
    public static void Remove(string socket)
    {
        try
        {
            File.Delete(socket);
            Directory.Delete(Path.GetDirectoryName(socket)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody swept it, or put something beside it: nothing that a stopping daemon could do.
        }
    }

    private static string Parent(uint owner, Func<string, string?> environment) =>
        environment(SystemdVariable)?.Split(':')[0] is { Length: > 0 } given && Path.IsPathFullyQualified(given) ? given
        : owner == UserId.Root ? "/run"
        : "/dev/shm";

    /// <summary>Where everybody may write, another user could have been first: then the directory is not ours, and that is seen.</summary>
    private static bool Make(string directory)
    {
        Directory.CreateDirectory(directory, Passable);
        if (FileFacts.OfPath(directory) is { Kind: FileKind.Directory } made && made.Owner == UserId.Current)
        {
            File.SetUnixFileMode(directory, Passable);
        }

        return true;
    }

    private static bool IsGood(string path, Func<string, FileFacts?, string?> objection, StartProblems problems)
    {
        if (objection(path, FileFacts.OfPath(path)) is not { } wrong)
        {
            return true;
        }

        problems.Add(RefusalCode.HomeForeign, $"The socket for other users (control.allowUsers, control.allowGroups) cannot be made safely: {wrong}.", $"ls -ld {path}");
        return false;
    }

    private static string? ParentObjection(string path, FileFacts? found) => found switch
    {
        null => $"there is no directory {path}",
        { Kind: not FileKind.Directory } => $"{path} is not a directory",
        { Owner: var owner } when owner != UserId.Root && owner != UserId.Current => string.Create(CultureInfo.InvariantCulture, $"{path} belongs to user {owner}"),
        { IsWritableByOthers: true, Mode: var mode } when !mode.HasFlag(UnixFileMode.StickyBit) => $"others may rename what is in {path}",
        { Mode: var mode } when !mode.HasFlag(UnixFileMode.OtherExecute) => $"other users cannot pass {path}",
        _ => null,
    };

    private static string? DirectoryObjection(string path, FileFacts? found) => found switch
    {
        null => $"{path} has just been removed",
        { Kind: not FileKind.Directory } => $"{path} is not a directory",
        { Owner: var owner } when owner != UserId.Current => string.Create(CultureInfo.InvariantCulture, $"{path} belongs to user {owner}"),
        { Mode: not Passable and var mode } => $"{path} has mode {Convert.ToString((int)mode, 8)} instead of 711",
        _ => null,
    };
}

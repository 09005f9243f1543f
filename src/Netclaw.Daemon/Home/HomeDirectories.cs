using System.Globalization;
using System.Runtime.InteropServices;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Home;

/// <summary>
/// Creates the home's directories on first start (0700) and checks them on every start: owned by this user, writable, and the
/// private ones closed to everybody else. Nothing that exists is ever changed.
/// </summary>
public static class HomeDirectories
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <returns>False, with the problems added, when the home cannot be used.</returns>
    public static bool Prepare(NetclawHome home, StartProblems problems)
    {
        if (!Ensure(home.Root, isPrivate: false, problems))
        {
            return false;
        }

        var usable = true;
        var ownRun = Path.GetDirectoryName(home.LockFile)!;
        var isNew = !Directory.Exists(home.KeysDirectory) || !Directory.Exists(home.StateDirectory);
        foreach (var directory in new[] { ownRun, home.RunDirectory, home.KeysDirectory, home.StateDirectory }.Distinct(StringComparer.Ordinal))
        {
            usable &= Ensure(directory, isPrivate: true, problems);
        }

        usable = usable && (!isNew || Keep(home.Root, problems));

        return Ensure(home.LogsDirectory, isPrivate: false, problems) && usable;
    }

    /// <summary>Keys and journal are flushed in their directories; that these are there must survive a power cut as well.</summary>
    private static bool Keep(string root, StartProblems problems)
    {
        try
        {
            FileCalls.Current.FlushDirectory(root);
            return true;
        }
        catch (IOException e)
        {
            return Refuse(new StartProblem(RefusalCode.HomeNotWritable, e.Message, DiskTrouble.Remedy(e, root)), problems);
        }
    }

    /// <param name="isPrivate">Closed to everybody else; otherwise others may look, never write.</param>
    private static bool Ensure(string path, bool isPrivate, StartProblems problems)
    {
        try
        {
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }

            // The home itself may be a link to where its owner keeps it; what is in it may not.
            var real = isPrivate ? path : Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            if (FileFacts.OfPath(real) is not { } facts)
            {
                problems.Add(RefusalCode.HomeNotWritable, $"{path} has just been removed by somebody else.");
                return false;
            }

            return Objection(path, facts, isPrivate) is not { } problem || Refuse(problem, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(new StartProblem(
                RefusalCode.HomeNotWritable, $"{path} cannot be created: {e.Message}", DiskTrouble.Remedy(e, Path.GetDirectoryName(path) ?? path)), problems);
        }
    }

    private static StartProblem? Objection(string path, FileFacts facts, bool isPrivate)
    {
        var look = $"ls -ld {Quote(path)}";
        return facts switch
        {
            { Kind: not FileKind.Directory } => new StartProblem(RefusalCode.HomeNotWritable, $"{path} is not a directory.", look),
            _ when facts.Owner != UserId.Current => new StartProblem(RefusalCode.HomeForeign, string.Create(CultureInfo.InvariantCulture,
                $"{path} belongs to user {facts.Owner}; this process runs as user {UserId.Current}."), look),
            _ when (isPrivate ? facts.IsOpenToOthers : facts.IsWritableByOthers) => new StartProblem(
                RefusalCode.HomeForeign, $"{path} has mode {facts.ModeText}: others can get in.", $"chmod 700 {Quote(path)}"),
            _ when PathAccess.Ask(path, PathAccess.WriteAndSearch) is > 0 and var error => new StartProblem(
                RefusalCode.HomeNotWritable, $"{path} cannot be written: {Marshal.GetPInvokeErrorMessage(error)}.", look),
            _ => null,
        };
    }

    private static bool Refuse(StartProblem problem, StartProblems problems)
    {
        problems.Add(problem);
        return false;
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}

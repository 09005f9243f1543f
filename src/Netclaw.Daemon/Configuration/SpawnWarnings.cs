using System.Collections.Immutable;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Programs of another user that could never begin.</summary>
internal static class SpawnWarnings
{
    public static ImmutableArray<WarningRule> Rules { get; } =
    [
        new("spawn_root_closed", "spawn.roots", "`runAs`, and a directory of `roots`, or the default one, that this user cannot enter", options =>
            from root in options.Spawn.RunAs is null ? [] : options.Spawn.Roots is { IsEmpty: false } roots ? roots : [ChildEnvironment.Home]
            where MachineFacts.Current.Accounts.UserOf(options.Spawn.RunAs!) is { } user && user != UserId.Current && IsClosed(root, user)
            select new Finding(
                options.Spawn.Roots.IsEmpty ? null : root, $"The user {options.Spawn.RunAs} (spawn.runAs) cannot enter {root}, and no program starts in a directory that its user cannot enter.",
                options.Spawn.Roots.IsEmpty ? "Write a directory of that user's, such as /srv/work." : "Open it and every directory above it to that user (chmod o+x), or write another one.")),
    ];

    /// <summary>Whether a directory, or one above it, certainly lets this user not in. What a group may do is not asked: the user may be of it.</summary>
    internal static bool IsClosed(string directory, uint user)
    {
        try
        {
            for (var each = Path.GetFullPath(directory); user != UserId.Root && each is not null; each = Path.GetDirectoryName(each))
            {
                if (FileFacts.OfTarget(each) is { } facts && (facts.Mode & (facts.Owner == user ? UnixFileMode.UserExecute : UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == 0)
                {
                    return true;
                }
            }
        }
        catch (IOException)
        {
            // Closed to whoever asks: no more is known.
        }

        return false;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>
/// Begins an installation anew under the same gateway key, where no repair in place is safe (recovery.md). Nothing is removed from the disk:
/// <list type="number">
/// <item>the order is written; from here on whoever comes goes on with it;</item>
/// <item>journal, snapshots, host key and mark get a dated name, and so does a journal key that is not one;</item>
/// <item>the order notes that they have;</item>
/// <item>keys, mark and journal are made as on a first start;</item>
/// <item>the journal begins the next epoch: what was revoked stays revoked, what a legacy token was good for stays used up, and nobody is paired without a prompt until an operator has said so;</item>
/// <item>the new host is enrolled, and the mark names the epoch;</item>
/// <item>the order is removed.</item>
/// </list>
/// </summary>
internal static class FullReset
{
    private static readonly ImmutableArray<string> DatabaseFiles = ["", "-wal", "-shm"];

    /// <summary>2 and 3, as often as it takes.</summary>
    /// <returns>The order, with its files moved, and the dated names.</returns>
    /// <exception cref="IOException">A file could not be moved; the order stands.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static (ResetOrder Order, ImmutableArray<string> SetAside) Move(NetclawHome home, ResetOrder order)
    {
        if (order.Moved)
        {
            return (order, []);
        }

        var aside = ImmutableArray.CreateBuilder<string>();
        foreach (var (path, dated) in Places(home, order.Stamp))
        {
            if (SetAside(path, dated) is { } name)
            {
                aside.Add(name);
            }
        }

        order = order with { Moved = true };
        order.Save(home); // 3
        return (order, aside.ToImmutable());
    }

    /// <summary>For whoever comes after a crash, before anything is opened: 2 and 3 of what was begun.</summary>
    /// <returns>Null: none was begun, or it cannot go on, with the problem added.</returns>
    public static ResetOrder? Resume(NetclawHome home, StartProblems problems)
    {
        try
        {
            return ResetOrder.Read(home) is { } order ? Move(home, order).Order : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"A full reset was cut short and cannot go on: {e.Message}", DiskTrouble.Remedy(e, home.Root));
            return null;
        }
    }

    /// <summary>5 to 7, on the new journal. Asked again after a crash it does what is left.</summary>
    /// <param name="heads">What is durable in the new journal.</param>
    /// <returns>Null when it is done; else why the registry did not take a step.</returns>
    /// <exception cref="IOException">The mark or the order could not be written; the order stands.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static async Task<RotationOutcome.Refused?> FinishAsync(
        NetclawHome home, ResetOrder order, Keyring keys, Func<RegistryCommand, Task<RegistryReply?>> ask, Func<RegistrySnapshot> view,
        Func<IEnumerable<KeyValuePair<string, JournalHead>>> heads, DateTimeOffset now, TimeProvider time)
    {
        var begin = new RegistryCommand.BeginEpoch(1, now, order.Epoch, EpochCause.Reset, order.Tombstones, SuspendDevices: true) { EndedLegacy = order.EndedLegacy ?? [] };
        if (await ask(begin).ConfigureAwait(false) is not RegistryReply.Done and var reply) // 5
        {
            return reply is RegistryReply.Refused refused
                ? new RotationOutcome.Refused(refused.Code, refused.Seen)
                : new RotationOutcome.Refused(RefusalCode.JournalUnavailable, "the journal failed");
        }

        if (await EnrolAsync(home, keys, ask, view, now, time).ConfigureAwait(false) is { } unenrolled) // 6
        {
            return unenrolled;
        }

        keys.BeginEpoch(order.Epoch, view().Bootstrap, heads());
        FileCalls.Current.Delete(home.ResetOrder); // 7
        PrivateFile.FlushDirectory(home.KeysDirectory);
        return null;
    }

    /// <summary>With the key that was made for it; where that one is gone again, or another lies in its place, with one more.</summary>
    private static async Task<RotationOutcome.Refused?> EnrolAsync(
        NetclawHome home, Keyring keys, Func<RegistryCommand, Task<RegistryReply?>> ask, Func<RegistrySnapshot> view, DateTimeOffset now, TimeProvider time)
    {
        if (keys.Host is { } host && await ask(new RegistryCommand.EnrolHost(2, now, host.Public, HostRotation.HostName)).ConfigureAwait(false) is RegistryReply.Done)
        {
            return null;
        }

        var outcome = await new HostRotation(home, ask, view, time).RotateAsync().ConfigureAwait(false);
        if (outcome is RotationOutcome.Rotated rotated)
        {
            keys.TakeHost(rotated.Key);
        }

        return outcome as RotationOutcome.Refused;
    }

    /// <summary>Behind the names of what is going to be set aside; none of them is taken.</summary>
    public static string FreeStamp(NetclawHome home, DateTimeOffset now) => DatedName.FreeStamp(now, stamp => Places(home, stamp).Select(place => place.Dated));

    /// <summary>Whatever of the home somebody else owns is not ours to move.</summary>
    /// <returns>Null: everything is this user's.</returns>
    public static string? Foreign(NetclawHome home) => Places(home, "").Select(place => place.Path).Append(home.GatewayKey)
        .FirstOrDefault(path => FileFacts.OfPath(path) is { } facts && facts.Owner != UserId.Current);

    private static IEnumerable<(string Path, string Dated)> Places(NetclawHome home, string stamp) =>
    [
        .. from database in (string[])[home.JournalDatabase, home.SnapshotDatabase] from suffix in DatabaseFiles select (database + suffix, $"{database}.{stamp}{suffix}"),
        (home.HostKey, $"{home.HostKey}.{stamp}"),
        (home.NextHostKey, $"{home.NextHostKey}.{stamp}"),
        .. PrivateFile.Read(home.JournalKey) is PrivateFileResult.Loaded loaded && JournalKeys.TryParse(System.Text.Encoding.ASCII.GetString(loaded.Bytes), out _)
            ? (IEnumerable<(string, string)>)[] : [(home.JournalKey, $"{home.JournalKey}.{stamp}")],
        (home.GatewayMark, $"{home.GatewayMark}.{stamp}"),
    ];

    /// <returns>What it is called now: with a number where something else has the dated name by now, as after somebody put a copy back. Null: there is nothing at <paramref name="path"/>.</returns>
    private static string? SetAside(string path, string dated)
    {
        if (FileFacts.OfPath(path) is not { } present)
        {
            return null;
        }

        var name = dated;
        for (var number = 2; FileFacts.OfPath(name) is { } taken; number++)
        {
            if (taken.IsSameFileAs(present))
            {
                PrivateFile.ForgetFormerName(path); // cut short between the second name and the end of the first
                return name;
            }

            name = string.Create(CultureInfo.InvariantCulture, $"{dated}-{number}");
        }

        PrivateFile.SetAside(path, name);
        return name;
    }
}

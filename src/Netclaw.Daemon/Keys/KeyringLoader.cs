using System.Security.Cryptography;
using System.Text;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Keys;

/// <summary>
/// Opens the keys, or makes them on the first start. The mark is written last: while it is absent and there is no journal, what is
/// there is left over from a first start that was cut short, and is used. After that a missing key is a problem, never a reason to
/// make a new one: a new gateway key would be another gateway to every paired device.
/// </summary>
/// <param name="journalInHome">False where the journal is a database elsewhere: whether that was lost is seen once it is read.</param>
/// <param name="readOnly">Makes and signs nothing: for looking only.</param>
public sealed class KeyringLoader(NetclawHome home, StartProblems problems, bool journalInHome = true, bool readOnly = false)
{
    private const string Restore = "netclaw backup restore <file>";

    private bool _fresh;

    /// <summary>For those who look at what is wrong with it by themselves: then there is none.</summary>
    public bool HostKeyMayBeUnreadable { get; init; }

    /// <returns>Null, with the problems added, when a key cannot be used.</returns>
    public Keyring? Open(string name)
    {
        var before = problems.Found.Count;
        var mark = ReadMark();
        _fresh = (mark is null && !readOnly && JournalIsGone() is not null) || Sabotage.Is(Break.MakeMissingKeysAnew);
        if (mark is null && !_fresh && problems.Found.Count == before)
        {
            Missing(home.GatewayMark, readOnly && JournalIsGone() is not null ? "it was asked for" : "there is a journal");
        }

        var gateway = SigningKeyOf(home.GatewayKey, required: true);
        var host = SigningKeyOf(home.HostKey, required: false);
        var journal = ReadJournalKeys();
        if (gateway is not null && mark is not null && mark.GatewayId != gateway.Public.GatewayId)
        {
            problems.Add(RefusalCode.KeyUnreadable, $"{home.GatewayKey} is the key of {gateway.Public.GatewayId}, but {home.GatewayMark} names {mark.GatewayId}.", Restore);
        }
        else if (gateway is not null && mark is { IsOfOlderForm: false } && !mark.IsSignedBy(gateway.Public) && !Sabotage.Is(Break.SkipMarkSignature))
        {
            problems.Add(RefusalCode.KeyUnreadable, mark.Signature is null
                ? $"{home.GatewayMark} says how far the journal had come and is not signed: it was changed by something other than Netclaw. Nothing was changed."
                : $"{home.GatewayMark} is not signed by this gateway's key: it was damaged, or changed by something other than Netclaw. Nothing was changed.",
                Restore);
        }

        if (journalInHome && !readOnly && mark is { ExpectsJournal: true } && JournalIsGone() is { } gone)
        {
            problems.Add(RefusalCode.JournalRolledBack, $"The journal {home.JournalDatabase} is {gone}, although {Reached(mark)}. Nothing was changed. {JournalComparison.WayOut}");
        }

        if (problems.Found.Count > before || gateway is null || journal is null)
        {
            gateway?.Dispose();
            host?.Dispose();
            return null;
        }

        var keyring = new Keyring(home, gateway, host, journal, mark ?? GatewayMark.Fresh(gateway.Public.GatewayId, name));
        return mark?.Signature is not null || readOnly || Written(home.GatewayMark, () => keyring.Write(keyring.Mark)) ? keyring : null;
    }

    /// <summary>In words; null when there is something to read.</summary>
    private string? JournalIsGone()
    {
        var journal = new FileInfo(home.JournalDatabase);
        return !journal.Exists ? "missing" : journal.Length == 0 && !HasWal() ? "empty" : null;
    }

    /// <summary>What was written last may stand beside a file that holds nothing yet.</summary>
    private bool HasWal() => new FileInfo(home.JournalDatabase + "-wal") is { Exists: true, Length: > 0 };

    private static string Reached(GatewayMark mark) => mark.Head(Actors.Devices.DeviceRegistryActor.Id) is { } head
        ? $"this gateway had reached record {head.Sequence} of {Actors.Devices.DeviceRegistryActor.Id}"
        : "this gateway had been set up";

    private GatewayMark? ReadMark()
    {
        if (Read(home.GatewayMark) is not { } bytes)
        {
            return null;
        }

        var mark = GatewayMark.Read(bytes);
        if (mark is null && !Sabotage.Is(Break.ReadDamagedMarkAsFresh))
        {
            problems.Add(RefusalCode.KeyUnreadable, $"{home.GatewayMark} is not of the form that Netclaw writes.", Restore);
        }

        return mark;
    }

    private SigningKey? SigningKeyOf(string path, bool required)
    {
        switch (KeyFile.Load(path))
        {
            case KeyFileResult.Loaded loaded:
                return loaded.Key;
            case KeyFileResult.Problem when !required && HostKeyMayBeUnreadable:
                return null;
            case KeyFileResult.Problem problem:
                problems.Add(RefusalCode.KeyUnreadable, problem.Seen + ".", required ? WayOut(path) : LocalRemedy.SetHostKeyAside(home));
                return null;
            default:
                if (_fresh)
                {
                    SigningKey? made = null;
                    return Written(path, () => made = KeyFile.Create(path)) ? made : null;
                }

                if (required)
                {
                    Missing(path, "this gateway has been set up before");
                }

                return null;
        }
    }

    private JournalKeys? ReadJournalKeys()
    {
        var before = problems.Found.Count;
        if (Read(home.JournalKey) is { } text)
        {
            if (JournalKeys.TryParse(Encoding.ASCII.GetString(text), out var keys))
            {
                return keys;
            }

            problems.Add(RefusalCode.KeyUnreadable, $"{home.JournalKey} does not hold {JournalKeys.RootBytes} bytes in base64.", Restore);
            return null;
        }

        if (!_fresh)
        {
            if (problems.Found.Count == before)
            {
                Missing(home.JournalKey, "this gateway has been set up before");
            }

            return null;
        }

        var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(JournalKeys.RootBytes));
        return Written(home.JournalKey, () => PrivateFile.CreateAtomically(home.JournalKey, Encoding.ASCII.GetBytes(made + "\n")))
            && JournalKeys.TryParse(made, out var fresh) ? fresh : null;
    }

    private byte[]? Read(string path)
    {
        switch (PrivateFile.Read(path))
        {
            case PrivateFileResult.Loaded loaded:
                return loaded.Bytes;
            case PrivateFileResult.Problem problem:
                problems.Add(RefusalCode.KeyUnreadable, problem.Seen + ".", WayOut(path));
                return null;
            default:
                return null;
        }
    }

    private void Missing(string path, string although) =>
        problems.Add(RefusalCode.KeyUnreadable, $"{path} is missing, although {although}. Nothing was changed.", Restore);

    /// <summary>A file that is this user's and only open to others is closed; any other is put back from a backup.</summary>
    private static string WayOut(string path)
    {
        try
        {
            return FileFacts.OfPath(path) is { Kind: FileKind.File, IsOpenToOthers: true } facts && facts.Owner == UserId.Current ? $"chmod 600 '{path}'" : Restore;
        }
        catch (IOException)
        {
            return Restore;
        }
    }

    private bool Written(string path, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"{path} cannot be written: {e.Message}", DiskTrouble.Remedy(e, home.KeysDirectory));
            return false;
        }
    }
}

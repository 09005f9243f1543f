using System.Globalization;
using System.Text;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>An archive that was read to its end: every sum, every record's place in its chain, the head that its own mark names, the keys that belong together.</summary>
internal sealed class CheckedArchive
{
    private CheckedArchive(string path, ArchiveReader read, JournalKeys? keys, GatewayMark? mark, RegistryState state)
    {
        Path = path;
        Head = read.Head;
        Files = read.Files;
        Records = read.Records;
        (Keys, Mark, State) = (keys, mark, state);
    }

    public string Path { get; }

    public ArchiveHead Head { get; }

    public IReadOnlyDictionary<string, byte[]> Files { get; }

    public long Records { get; }

    /// <summary>Null only in a raw archive.</summary>
    public JournalKeys? Keys { get; }

    /// <summary>Null only in a raw archive.</summary>
    public GatewayMark? Mark { get; }

    /// <summary>What its records come to; empty where the journal is not in it.</summary>
    public RegistryState State { get; }

    public int Devices => State.Devices.Values.Count(device => !device.IsRevoked);

    /// <returns>Null, with the problem added: where it is damaged, or why it cannot be read.</returns>
    public static CheckedArchive? Open(string path, StartProblems problems)
    {
        try
        {
            JournalCensus? census = null;
            var reader = new ArchiveReader(path);
            reader.Read(row => (census ??= Census(reader)).Add(row));
            if (reader.Head.Raw)
            {
                return new CheckedArchive(path, reader, reader.Keys, null, RegistryState.Empty);
            }

            census ??= Census(reader);
            return census.Complete() is { } fault && !(reader.Head.Provider == ArchiveHead.Postgres && reader.Records == 0)
                ? Damaged(path, $"{fault}{PlaceOf(path, fault)}", problems)
                : new CheckedArchive(path, reader, reader.Keys, MarkOf(reader), census.State);
        }
        catch (ArchiveDamageException e)
        {
            return Damaged(path, e.Message, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(RefusalCode.BackupUnreadable, $"{path} cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>Read once more: whose place is wanted is known only at the end.</summary>
    private static string PlaceOf(string path, JournalFault fault)
    {
        var place = "";
        var again = new ArchiveReader(path);
        again.Read(row => place = row.PersistenceId == fault.PersistenceId && row.Sequence == fault.Sequence && place.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $" (bytes {again.RecordAt.Start} to {again.RecordAt.End})")
            : place);
        return place;
    }

    private static JournalCensus Census(ArchiveReader reader) => reader.Keys is { } keys
        ? new JournalCensus(keys, MarkOf(reader))
        : throw new ArchiveDamageException("the journal's key is not in it");

    private static GatewayMark MarkOf(ArchiveReader reader)
    {
        if (!reader.Files.TryGetValue("keys/gateway.json", out var json) || GatewayMark.Read(json) is not { } mark || mark.GatewayId != reader.Head.Gateway)
        {
            throw new ArchiveDamageException("the gateway's mark is not in it, or is another gateway's");
        }

        if (!reader.Files.TryGetValue("keys/gateway.key", out var pem))
        {
            throw new ArchiveDamageException("the gateway's key is not in it");
        }

        try
        {
            using var key = SigningKey.FromPem(Encoding.UTF8.GetString(pem));
            return key.Public.GatewayId == mark.GatewayId && (mark.IsOfOlderForm || mark.IsSignedBy(key.Public))
                ? mark
                : throw new ArchiveDamageException("the gateway's mark is not signed by the key beside it");
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new ArchiveDamageException("the gateway's key in it is none");
        }
    }

    private static CheckedArchive? Damaged(string path, string where, StartProblems problems)
    {
        problems.Add(RefusalCode.BackupDamaged, $"{path} is damaged: {where}. Nothing of it was used.");
        return null;
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>
/// keys/restore.json: a restore whose new home stands whole and flushed in state/restoring, and is being put in place. From here on there is only the way forward, and
/// whoever comes after a crash takes it (<see cref="Resume"/>). Each step may be done again, and nothing takes a name before it is surely kept under another:
/// <list type="number">
/// <item>a full reset that was cut short before gives way: its order goes, so that nobody moves away what is put in place here; snapshots go: they are of another journal, and made anew;</item>
/// <item>as long as the new journal waits: what has the journal's names gets dated ones, its log loses the old one, and the new journal takes the name;</item>
/// <item>each key that waits takes its name, and what had it keeps a dated one; the mark, which names the new epoch, is the last;</item>
/// <item>the order goes, then what is left of the preparation.</item>
/// </list>
/// </summary>
/// <param name="Stamp">Behind the names of what is set aside.</param>
internal sealed record RestoreOrder(string Stamp)
{
    private static readonly ImmutableArray<string> DatabaseFiles = ["-shm", "-wal", ""];

    /// <summary>With a stamp that nothing has that was set aside before.</summary>
    public static RestoreOrder At(NetclawHome home, DateTimeOffset now) => new(DatedName.FreeStamp(now, stamp => Kept(home, stamp)));

    /// <exception cref="IOException">Nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing was changed.</exception>
    public void Save(NetclawHome home) => PrivateFile.WriteAtomically(home.RestoreOrder, JsonSerializer.SerializeToUtf8Bytes(this, RestoreOrderJson.Default.RestoreOrder));

    /// <summary>For whoever comes after a crash, before anything is opened. The caller holds the lock.</summary>
    public static void Resume(NetclawHome home, StartProblems problems)
    {
        try
        {
            switch (PrivateFile.Read(home.RestoreOrder))
            {
                case PrivateFileResult.Loaded loaded:
                    (JsonSerializer.Deserialize(loaded.Bytes, RestoreOrderJson.Default.RestoreOrder) ?? throw new IOException($"{home.RestoreOrder} says nothing")).Carry(home);
                    break;
                case PrivateFileResult.Problem problem:
                    throw new IOException(problem.Seen);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"A restore was cut short and cannot go on: {e.Message}", DiskTrouble.Remedy(e, home.Root));
        }
    }

    /// <summary>1 to 4.</summary>
    /// <returns>The dated names of what was set aside by this call.</returns>
    /// <exception cref="IOException">The order stands; it goes on when it is carried out again.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public ImmutableArray<string> Carry(NetclawHome home)
    {
        var calls = FileCalls.Current;
        var staged = Staging(home);
        var aside = ImmutableArray.CreateBuilder<string>();
        if (FileFacts.OfPath(home.ResetOrder) is not null) // 1
        {
            calls.Delete(home.ResetOrder);
            calls.FlushDirectory(home.KeysDirectory);
        }

        foreach (var suffix in DatabaseFiles)
        {
            calls.Delete(home.SnapshotDatabase + suffix);
        }

        if (FileFacts.OfPath(staged.JournalDatabase) is not null) // 2
        {
            foreach (var suffix in DatabaseFiles)
            {
                Keep(home.JournalDatabase + suffix, $"{home.JournalDatabase}.{Stamp}{suffix}", aside);
            }

            calls.FlushDirectory(home.StateDirectory);
            foreach (var suffix in DatabaseFiles.Where(suffix => suffix.Length > 0))
            {
                calls.Delete(home.JournalDatabase + suffix);
            }

            calls.FlushDirectory(home.StateDirectory); // beside the new journal it would be taken for its own
            calls.Rename(staged.JournalDatabase, home.JournalDatabase);
        }

        calls.FlushDirectory(home.StateDirectory);
        foreach (var (from, to) in Keys(staged, home).Where(key => FileFacts.OfPath(key.From) is not null && !AreAlike(key.From, key.To))) // 3
        {
            Keep(to, $"{to}.{Stamp}", aside);
            calls.FlushDirectory(Path.GetDirectoryName(to)!);
            calls.Rename(from, to);
            calls.FlushDirectory(Path.GetDirectoryName(to)!);
        }

        calls.Delete(home.RestoreOrder); // 4
        calls.FlushDirectory(home.KeysDirectory);
        try
        {
            Forget(home);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is done; what is left over goes with the next one.
        }

        return aside.ToImmutable();
    }

    /// <summary>What a restore prepares stands in a home of its own.</summary>
    public static NetclawHome Staging(NetclawHome home) => NetclawHome.At(home.Restoring, _ => null);

    /// <summary>What was prepared and never agreed to be put in place, or is left over.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Forget(NetclawHome home)
    {
        if (Directory.Exists(home.Restoring))
        {
            Remove(home.Restoring);
        }
    }

    private static void Remove(string directory)
    {
        foreach (var inner in new DirectoryInfo(directory).GetFileSystemInfos())
        {
            if (inner is DirectoryInfo { LinkTarget: null })
            {
                Remove(inner.FullName);
            }
            else
            {
                FileCalls.Current.Delete(inner.FullName);
            }
        }

        FileCalls.Current.RemoveDirectory(directory);
    }

    private static IEnumerable<string> Kept(NetclawHome home, string stamp) =>
        DatabaseFiles.Select(suffix => $"{home.JournalDatabase}.{stamp}{suffix}").Concat(Keys(home, home).Select(key => $"{key.To}.{stamp}"));

    private static IEnumerable<(string From, string To)> Keys(NetclawHome staged, NetclawHome home) =>
    [
        (staged.ConfigFile, home.ConfigFile), (staged.GatewayTokenFile, home.GatewayTokenFile), (staged.HostKey, home.HostKey),
        (staged.JournalKey, home.JournalKey), (staged.GatewayKey, home.GatewayKey), (staged.GatewayMark, home.GatewayMark),
    ];

    /// <summary>The preparation needs every key; what is the same in both stays where it is.</summary>
    private static bool AreAlike(string one, string other) =>
        PrivateFile.Read(one) is PrivateFileResult.Loaded first && PrivateFile.Read(other) is PrivateFileResult.Loaded second && first.Bytes.AsSpan().SequenceEqual(second.Bytes);

    /// <summary>A second name, before something else takes the first.</summary>
    private static void Keep(string path, string dated, ImmutableArray<string>.Builder aside)
    {
        if (FileFacts.OfPath(path) is not null && FileFacts.OfPath(dated) is null)
        {
            FileCalls.Current.Link(path, dated);
            aside.Add(dated);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RestoreOrder))]
internal sealed partial class RestoreOrderJson : JsonSerializerContext;

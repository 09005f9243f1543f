using System.Globalization;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Backups;

/// <summary>An archive made beside a daemon is whole; one that is not is refused with the place.</summary>
public sealed class VerifyTests
{
    private const int Seed = 5;

    [Fact]
    public async Task MadeBesideADaemon_IsWhole()
    {
        await using var home = await SavedHome.MakeAsync();

        var verified = (await SavedHome.OfflineAsync(home.Host.Home, "backup-verify", "--file", home.Archive)).Read(Netclaw.Daemon.Offline.OfflineJson.Readable.BackupVerified);

        Assert.True(verified.Sound);
        Assert.Equal(3, verified.Devices);
        await home.AcceptsAsync(home.Phone);
    }

    [Fact]
    public async Task AFileThatIsNotThere_IsUnreadable_NotDamaged()
    {
        await using var home = await SavedHome.MakeAsync();

        Assert.Equal("backup_unreadable", (await SavedHome.OfflineAsync(home.Host.Home, "backup-verify", "--file", home.Archive + ".gone")).Error.Code);
    }

    [Fact]
    public async Task RawArchive_IsNotRestored_AndUnpacksToTheSameBytes()
    {
        await using var home = await SavedHome.MakeAsync();
        await home.Host.StopAsync();
        var (raw, to) = (home.Archive + ".raw", Path.Combine(home.Host.Home.Root, "unpacked"));
        Assert.Equal(ExitCodes.Ok, (await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--raw", "true", "--to", raw)).ExitCode);

        Assert.Equal("restore_not_possible", (await SavedHome.OfflineAsync(home.Host.Home, "backup-restore", "--file", raw)).Error.Code);
        Assert.Equal(ExitCodes.Ok, (await SavedHome.OfflineAsync(home.Host.Home, "backup-unpack", "--file", raw, "--to", to)).ExitCode);

        Assert.Equal(await File.ReadAllBytesAsync(home.Host.Home.JournalDatabase), await File.ReadAllBytesAsync(Path.Combine(to, "state", "netclaw.db")));
        Assert.Equal(await File.ReadAllBytesAsync(home.Host.Home.GatewayKey), await File.ReadAllBytesAsync(Path.Combine(to, "keys", "gateway.key")));
    }

    [Fact]
    public async Task EveryFlippedByte_IsRefused_WithItsPlace()
    {
        await using var home = await SavedHome.MakeAsync();
        var whole = await File.ReadAllBytesAsync(home.Archive);
        var random = new Random(Seed);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= (byte)(1 << random.Next(8));
            Refuses(home, damaged, $"byte {at} of {whole.Length}, seed {Seed}");
        }
    }

    [Fact]
    public async Task EveryCut_AndWhateverIsAppended_IsRefused()
    {
        await using var home = await SavedHome.MakeAsync();
        var whole = await File.ReadAllBytesAsync(home.Archive);
        for (var length = 0; length < whole.Length; length++)
        {
            Refuses(home, whole[..length], $"cut to {length} of {whole.Length}");
        }

        Refuses(home, [.. whole, 0], "a byte behind the end");
        Refuses(home, [.. whole, .. whole], "itself behind the end");
    }

    [Fact]
    public async Task ADamagedRecord_IsNamed_WithItsBytes()
    {
        await using var home = await SavedHome.MakeAsync();
        var whole = await File.ReadAllBytesAsync(home.Archive);
        foreach (var (row, start, end) in Records(home.Archive))
        {
            var damaged = whole.ToArray();
            damaged[end - 1] ^= 1; // in what it says
            var message = await DamageAsync(home, damaged);

            Assert.Contains($"{row.PersistenceId}, record {row.Sequence},", message, StringComparison.Ordinal);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"bytes {start} to {end}"), message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ARecordThatIsSoundByItself_AndNotOfItsJournal_IsNamed_WithItsBytes()
    {
        await using var home = await SavedHome.MakeAsync();
        var whole = new ArchiveReader(home.Archive);
        var rows = new List<StoredRecord>();
        whole.Read(rows.Add);
        foreach (var row in rows.Where(row => row.Sequence > 1))
        {
            var path = Path.Combine(home.Host.Home.BackupsDirectory, "forged.ncb");
            using (var forged = new ArchiveWriter(path))
            {
                forged.Add(whole.Head);
                foreach (var (name, content) in whole.Files)
                {
                    forged.AddFile(name, content);
                }

                foreach (var each in rows)
                {
                    forged.Add(ReferenceEquals(each, row) ? each with { Message = rows[0].Message } : each);
                }

                forged.Finish(whole.Keys);
            }

            var place = Records(path).Single(each => each.Row.Sequence == row.Sequence && each.Row.PersistenceId == row.PersistenceId);
            var message = (await SavedHome.OfflineAsync(home.Host.Home, "backup-verify", "--file", path)).Error.Message;
            File.Delete(path);
            Assert.Contains($"{row.PersistenceId}, record {row.Sequence}:", message, StringComparison.Ordinal);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"(bytes {place.Start} to {place.End})"), message, StringComparison.Ordinal);
        }
    }

    private static List<(StoredRecord Row, long Start, long End)> Records(string archive)
    {
        var found = new List<(StoredRecord, long, long)>();
        var reader = new ArchiveReader(archive);
        reader.Read(row => found.Add((row, reader.RecordAt.Start, reader.RecordAt.End)));
        Assert.NotEmpty(found);
        return found;
    }

    private static async Task<string> DamageAsync(SavedHome home, byte[] damaged)
    {
        var path = Path.Combine(home.Host.Home.BackupsDirectory, "damaged.ncb");
        await File.WriteAllBytesAsync(path, damaged);
        var said = await SavedHome.OfflineAsync(home.Host.Home, "backup-verify", "--file", path);
        Assert.Equal("backup_damaged", said.Error.Code);
        return said.Error.Message;
    }

    private static void Refuses(SavedHome home, byte[] damaged, string what)
    {
        var path = Path.Combine(home.Host.Home.BackupsDirectory, "damaged.ncb");
        File.WriteAllBytes(path, damaged);
        var problems = new StartProblems();

        Assert.True(CheckedArchive.Open(path, problems) is null, what);

        var problem = Assert.Single(problems.Found);
        Assert.True(problem.Code == RefusalCode.BackupDamaged, what);
        Assert.True(problem.Message.Contains("byte", StringComparison.Ordinal), $"{what}: {problem.Message}");
    }
}

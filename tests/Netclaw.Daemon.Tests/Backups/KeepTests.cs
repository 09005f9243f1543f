using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Backups;

/// <summary>Which archives go when a new one is made with --keep, and which never do.</summary>
public sealed class KeepTests
{
    [Fact]
    public async Task NewestRemain_TheNewOneAmongThem()
    {
        await using var home = await SavedHome.MakeAsync();
        string[] older = [Dated(home, "20250101-000000"), Dated(home, "20250101-000000-2"), Dated(home, "20250101-000000-10"), Dated(home, "20250102-000000")];

        var made = await KeepAsync(home, 3);

        Assert.Equal(older[..2], made.Removed!.Value.ToArray());
        Assert.Equal([.. older[2..], made.File], Dates(home));
    }

    [Fact]
    public async Task NothingGoes_WhereFewerAreThere()
    {
        await using var home = await SavedHome.MakeAsync();
        var older = Dated(home, "20250101-000000");

        var made = await KeepAsync(home, 2);

        Assert.Empty(made.Removed!.Value.ToArray());
        Assert.Equal([older, made.File], Dates(home));
    }

    [Fact]
    public async Task WhatIsNotADatedArchiveOfThisGateway_IsNeitherCountedNorTouched()
    {
        await using var home = await SavedHome.MakeAsync();
        await using var other = await SavedHome.MakeAsync();
        var directory = home.Host.Home.BackupsDirectory;
        string[] kept =
        [
            Dated(home, "20250101-000000-before-restore"), Dated(home, "20250101-000000-before-full-reset"), Dated(home, "20250101-000000-0x1"), Dated(home, "2025-01-01"),
            Copy(home.Archive, Path.Combine(directory, "netclaw-20250101-000000.ncb.old")), Copy(home.Archive, Path.Combine(directory, "mine.ncb")),
            Copy(other.Archive, Path.Combine(directory, "netclaw-20250101-000001.ncb")),
            Path.Combine(directory, "netclaw-20250101-000002.ncb"), Path.Combine(directory, "netclaw-20250101-000003.ncb"), Path.Combine(directory, "netclaw-20250101-000004.ncb"), home.Archive,
        ];
        await File.WriteAllTextAsync(kept[7], "no archive");
        Directory.CreateDirectory(kept[8]);
        Assert.Equal(ExitCodes.Ok, (await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--raw", "true", "--to", kept[9])).ExitCode);
        string[] link = [Path.Combine(directory, "netclaw-20250101-000005.ncb"), Dated(home, "20250103-000000")];
        File.CreateSymbolicLink(link[0], home.Archive);

        var made = await KeepAsync(home, 1);

        Assert.Equal([link[1]], made.Removed!.Value.ToArray());
        Assert.All([.. kept, link[0]], path => Assert.NotNull(FileFacts.OfPath(path)));
    }

    [Fact]
    public async Task NewOne_Stays_EvenWhereTheClockWasSetBack()
    {
        await using var home = await SavedHome.MakeAsync();
        string[] later = [Dated(home, "29990101-000000"), Dated(home, "29990102-000000")];

        var made = await KeepAsync(home, 1);

        Assert.Equal([later[0]], made.Removed!.Value.ToArray());
        Assert.Equal([made.File, later[1]], Dates(home));
    }

    [Fact]
    public async Task OnlyTheDirectoryThatIsWrittenTo_IsTidied()
    {
        await using var home = await SavedHome.MakeAsync();
        var there = Directory.CreateDirectory(Path.Combine(home.Host.Home.Root, "elsewhere"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var here = Dated(home, "20250101-000000");
        var gone = Copy(home.Archive, Path.Combine(there, "netclaw-20250101-000000.ncb"));

        var made = await KeepAsync(home, 1, "--to", there);

        Assert.Equal([gone], made.Removed!.Value.ToArray());
        Assert.Equal([here], Dates(home));
        Assert.Equal(there, Path.GetDirectoryName(made.File));
    }

    [Fact]
    public async Task NothingGoes_WhenTheBackupFails()
    {
        await using var home = await SavedHome.MakeAsync();
        var older = Dated(home, "20250101-000000");
        await home.Host.StopAsync();
        await File.WriteAllTextAsync(home.Host.Home.JournalKey, "no key");

        var said = await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--keep", "1");

        Assert.Equal("key_unreadable", said.Error.Code);
        Assert.Equal([older], Dates(home));
    }

    /// <summary>The disk takes the archive and gives back something else.</summary>
    [Fact]
    public async Task NothingGoes_WhenTheNewOneIsNotWhatWasWritten()
    {
        await using var home = await SavedHome.MakeAsync();
        var older = Dated(home, "20250101-000000");
        OfflineSaid said;
        using (FileCalls.Use(new LyingDisk()))
        {
            said = await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--keep", "1");
        }

        Assert.Equal("backup_damaged", said.Error.Code);
        Assert.Contains(older, Dates(home));
    }

    [Fact]
    public async Task WhatCannotBeRemoved_IsTold_AndTheNewOneStands()
    {
        await using var home = await SavedHome.MakeAsync();
        var older = Dated(home, "20250101-000000");
        OfflineSaid said;
        using (FileCalls.Use(new NothingIsRemoved()))
        {
            said = await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--keep", "1");
        }

        Assert.Equal("home_not_writable", said.Error.Code);
        Assert.Contains("was made and is whole", said.Errors, StringComparison.Ordinal);
        Assert.Equal(older, Dates(home)[0]);
        Assert.Equal(2, Dates(home).Length);
    }

    [Theory]
    [InlineData("0", "false")]
    [InlineData("x", "false")]
    [InlineData("1", "true")]
    public async Task ANumberBelowOne_AndRawArchives_AreRefused(string keep, string raw)
    {
        await using var home = await SavedHome.MakeAsync();

        var said = await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--keep", keep, "--raw", raw);

        Assert.Equal("usage_error", said.Error.Code);
        Assert.Empty(Dates(home));
    }

    private static async Task<BackupMade> KeepAsync(SavedHome home, int keep, params string[] more) =>
        (await SavedHome.OfflineAsync(home.Host.Home, ["backup-create", "--keep", $"{keep}", .. more])).Read(OfflineJson.Readable.BackupMade);

    private static string Dated(SavedHome home, string stamp) => Copy(home.Archive, Path.Combine(home.Host.Home.BackupsDirectory, $"netclaw-{stamp}.ncb"));

    private static string Copy(string from, string to)
    {
        File.Copy(from, to);
        return to;
    }

    private static string[] Dates(SavedHome home) =>
        [.. Directory.GetFiles(home.Host.Home.BackupsDirectory, "netclaw-*.ncb").OrderBy(path => path.Replace(".ncb", "", StringComparison.Ordinal), StringComparer.Ordinal)];

    private sealed class LyingDisk : FileCalls
    {
        public override void Write(FileStream file, ReadOnlySpan<byte> bytes)
        {
            byte[] other = [.. bytes];
            other[^1] ^= file.Name.Contains(".ncb", StringComparison.Ordinal) ? (byte)1 : (byte)0;
            base.Write(file, other);
        }
    }

    private sealed class NothingIsRemoved : FileCalls
    {
        public override void Delete(string path)
        {
            if (BackupPlace.AgeOf(Path.GetFileName(path)) is not null)
            {
                throw new IOException("the file system is read-only");
            }

            base.Delete(path);
        }
    }
}

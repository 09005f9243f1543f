using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Backups;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>A gateway whose journal PostgreSQL's own tools put back, and the archive that goes with it.</summary>
public sealed class RestoreOnPostgresTests
{
    [PostgresFact]
    public async Task OlderDatabase_IsRefused_UntilARestoreAdoptsIt_AndItsDevicesWaitForAnOperator()
    {
        await using var saved = await SavedDatabase.MakeAsync("adopted");
        await saved.RevokeAsync(saved.Tablet);
        await saved.LoseAsync();
        await saved.PutBackAsync();
        Assert.Contains("journal_rolled_back", await saved.Daemon.StartAsync(), StringComparison.Ordinal);

        var plan = (await saved.PlanAsync()).Read(OfflineJson.Readable.Restored);
        var restored = await saved.MustRestoreAsync();

        Assert.Equal((false, 2L, 2, 2), (plan.Done, plan.To, plan.Devices, plan.Suspended));
        Assert.Equal((true, 2L, 2, 2), (restored.Done, restored.To, restored.Devices, restored.Suspended));
        Assert.Equal(2, Mark(saved).Epoch);
        await saved.Daemon.MustStartAsync();

        // The tablet's revocation went with the database: whoever confirms must know.
        Assert.Equal(RefusalCode.DeviceSuspended, await saved.ConnectAsync(saved.Phone));
        Assert.Equal(RefusalCode.DeviceSuspended, await saved.ConnectAsync(saved.Tablet));
        await saved.ConfirmAsync(saved.Phone);
        Assert.Null(await saved.ConnectAsync(saved.Phone));
        Assert.Equal(RefusalCode.DeviceSuspended, await saved.ConnectAsync(saved.Tablet));
        await saved.RevokeAsync(saved.Tablet);
        Assert.Equal(RefusalCode.DeviceRevoked, await saved.ConnectAsync(saved.Tablet));
    }

    [PostgresFact]
    public async Task DatabaseThatLostNothing_NeedsNoRestore()
    {
        await using var saved = await SavedDatabase.MakeAsync("lost_nothing");
        await saved.Daemon.StopAsync();
        await saved.SaveAsync();
        await saved.LoseAsync();
        await saved.PutBackAsync();

        await saved.Daemon.MustStartAsync();

        Assert.Null(await saved.ConnectAsync(saved.Phone));
    }

    [PostgresFact]
    public async Task AnEmptyHome_BecomesTheGateway_AndItsDevicesWaitForAnOperator()
    {
        await using var saved = await SavedDatabase.MakeAsync("empty_home");
        var gateway = Mark(saved).GatewayId;
        await saved.LoseAsync();
        await saved.PutBackAsync();
        Directory.Delete(saved.Home.KeysDirectory, recursive: true);
        Directory.Delete(saved.Home.StateDirectory, recursive: true);

        var restored = await saved.MustRestoreAsync();

        Assert.Equal((gateway, 0L, 2L, 2, null), (restored.Gateway, restored.From, restored.To, restored.Suspended, restored.Backup));
        await saved.Daemon.MustStartAsync();
        Assert.Equal(gateway, Mark(saved).GatewayId);
        Assert.Equal(RefusalCode.DeviceSuspended, await saved.ConnectAsync(saved.Phone));
        await saved.ConfirmAsync(saved.Phone, saved.Tablet);
        Assert.Null(await saved.ConnectAsync(saved.Phone));
        Assert.Null(await saved.ConnectAsync(saved.Tablet));
    }

    [PostgresFact]
    public async Task DatabaseThatHoldsNothing_IsNotAdopted_AndNothingChanges()
    {
        await using var saved = await SavedDatabase.MakeAsync("holds_nothing");
        await saved.LoseAsync();
        var mark = await File.ReadAllBytesAsync(saved.Home.GatewayMark);

        Assert.Equal("restore_not_possible", (await saved.PlanAsync()).Error.Code);
        var refused = (await saved.RestoreAsync()).Error;

        Assert.Equal("restore_not_possible", refused.Code);
        Assert.StartsWith("pg_restore ", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(mark, await File.ReadAllBytesAsync(saved.Home.GatewayMark));
        await saved.PutBackAsync(); // and no table stands in its way
        Assert.Equal(2, (await saved.MustRestoreAsync()).To);
    }

    [PostgresFact]
    public async Task DamagedRecord_IsNamed_AndNothingChanges()
    {
        await using var saved = await SavedDatabase.MakeAsync("damaged_record");
        await saved.LoseAsync();
        await saved.PutBackAsync();
        await saved.DoAsync("DELETE FROM snapshot; UPDATE journal SET message = set_byte(message, length(message) - 3, get_byte(message, length(message) - 3) # 1) WHERE sequence_number = 3");
        var mark = await File.ReadAllBytesAsync(saved.Home.GatewayMark);

        var refused = (await saved.RestoreAsync()).Error;

        Assert.Equal("journal_unreadable", refused.Code);
        Assert.Contains("device-registry, record 3", refused.Message, StringComparison.Ordinal);
        Assert.Equal(mark, await File.ReadAllBytesAsync(saved.Home.GatewayMark));
    }

    [PostgresFact]
    public async Task DatabaseOfAnotherGateway_IsNotAdopted()
    {
        await using var saved = await SavedDatabase.MakeAsync("one_gateway");
        await using var other = await SavedDatabase.MakeAsync("other_gateway");
        await saved.LoseAsync();
        await saved.PutBackAsync();
        File.Delete(saved.Archive);
        File.Copy(other.Archive, saved.Archive);

        Assert.Equal("backup_foreign", (await saved.RestoreAsync()).Error.Code);
        Directory.Delete(saved.Home.KeysDirectory, recursive: true);
        Assert.Equal("journal_unreadable", (await saved.RestoreAsync()).Error.Code);
        Assert.False(File.Exists(saved.Home.GatewayKey));
    }

    [PostgresFact]
    public async Task DamagedKeys_AreTheBackupsAfterwards_AndKeptUnderADatedName()
    {
        await using var saved = await SavedDatabase.MakeAsync("damaged_keys");
        var key = await File.ReadAllBytesAsync(saved.Home.JournalKey);
        await saved.LoseAsync();
        await saved.PutBackAsync();
        await File.WriteAllTextAsync(saved.Home.JournalKey, "no key");
        await File.WriteAllTextAsync(saved.Home.GatewayMark, "{}");

        var restored = await saved.MustRestoreAsync();

        Assert.Equal(key, await File.ReadAllBytesAsync(saved.Home.JournalKey));
        Assert.Equal(["no key", "{}"], restored.SetAside!.Value.Select(File.ReadAllText));
        Assert.NotNull(restored.Backup);
        await saved.Daemon.MustStartAsync();
        Assert.Equal(RefusalCode.DeviceSuspended, await saved.ConnectAsync(saved.Phone));
    }

    /// <summary>The journal has its next epoch, and the home knows nothing of it.</summary>
    [PostgresFact]
    public async Task CutShortInAnEmptyHome_LetsNobodyIn_AndIsDoneByAnother()
    {
        await using var saved = await SavedDatabase.MakeAsync("cut_short");
        await saved.LoseAsync();
        await saved.PutBackAsync();
        Directory.Delete(saved.Home.KeysDirectory, recursive: true);
        using (FileCalls.Use(new NoOrder(saved.Home)))
        {
            Assert.Equal("home_not_writable", (await saved.RestoreAsync()).Error.Code);
        }

        Assert.Empty(Directory.EnumerateFiles(saved.Home.KeysDirectory).Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal)));
        Assert.Equal(3, (await saved.MustRestoreAsync()).To);
        await saved.Daemon.MustStartAsync();
        Assert.Equal(RefusalCode.DeviceSuspended, await saved.ConnectAsync(saved.Phone));
    }

    [PostgresFact]
    public async Task DumpFromAfterAnotherRestore_GoesOnAboveItsEpoch()
    {
        await using var saved = await SavedDatabase.MakeAsync("later_dump");
        var archive = await File.ReadAllBytesAsync(saved.Archive);
        await saved.Daemon.StopAsync();
        Assert.Equal(2, (await saved.MustRestoreAsync()).To);
        await saved.SaveAsync();
        await saved.LoseAsync();
        await saved.PutBackAsync();
        Directory.Delete(saved.Home.KeysDirectory, recursive: true);
        await File.WriteAllBytesAsync(saved.Archive, archive);

        Assert.Equal(3, (await saved.PlanAsync()).Read(OfflineJson.Readable.Restored).To);
        Assert.Equal(3, (await saved.MustRestoreAsync()).To);
        Assert.Equal(3, Mark(saved).Epoch);
    }

    [PostgresFact]
    public async Task ADaemonOnTheDatabase_StandsInTheWay()
    {
        await using var saved = await SavedDatabase.MakeAsync("in_use");
        Directory.CreateDirectory(saved.Home.Root + "-other", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var other = NetclawHome.At(saved.Home.Root + "-other", _ => null);
        foreach (var name in (string[])["netclaw.json", "postgres.txt"])
        {
            File.Copy(Path.Combine(saved.Home.Root, name), Path.Combine(other.Root, name));
        }

        var refused = (await SavedHome.OfflineAsync(other, "backup-restore", "--file", saved.Archive)).Error;

        Assert.Equal("lock_held", refused.Code);
        Assert.False(File.Exists(other.GatewayKey));
        Assert.Null(await saved.ConnectAsync(saved.Phone));
    }

    [PostgresFact]
    public async Task Archive_IsVerified_WithoutTheDatabase()
    {
        await using var saved = await SavedDatabase.MakeAsync("verified");
        await saved.LoseAsync();

        var verified = (await SavedHome.OfflineAsync(saved.Home, "backup-verify", "--file", saved.Archive)).Read(OfflineJson.Readable.BackupVerified);
        Assert.Equal((true, "postgresql", 0L, Mark(saved).GatewayId), (verified.Sound, verified.Provider, verified.Records, verified.Gateway));

        var whole = await File.ReadAllBytesAsync(saved.Archive);
        for (var at = 0; at < whole.Length; at += 97)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            await File.WriteAllBytesAsync(saved.Archive, damaged);
            Assert.Equal("backup_damaged", (await SavedHome.OfflineAsync(saved.Home, "backup-verify", "--file", saved.Archive)).Error.Code);
        }
    }

    private static GatewayMark Mark(SavedDatabase saved) => GatewayMark.Read(File.ReadAllBytes(saved.Home.GatewayMark))!;

    /// <summary>The disk is full when the order is to be written.</summary>
    private sealed class NoOrder(NetclawHome home) : FileCalls
    {
        public override void Rename(string from, string to)
        {
            if (to == home.RestoreOrder)
            {
                throw new IOException("No space left on device");
            }

            base.Rename(from, to);
        }
    }
}

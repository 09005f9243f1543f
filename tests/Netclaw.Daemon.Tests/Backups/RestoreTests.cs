using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Backups;

/// <summary>What comes back by a restore, and what does not: real journals, real connections.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task RevokedSinceTheBackup_StaysRevoked_AndTheOthersAreLetIn()
    {
        await using var home = await SavedHome.MakeAsync();
        await home.RevokeAsync(home.Tablet);

        var restored = await home.RestoreAndStartAsync();

        Assert.Equal((true, 0, 1, null), (restored.Done, restored.Suspended, restored.StayRevoked, restored.Why));
        await home.AcceptsAsync(home.Phone);
        await home.RefusesAsync(home.Tablet, RefusalCode.DeviceRevoked);
    }

    [Fact]
    public async Task Devices_AreSuspended_WhereTheJournalIsDamaged_UntilAnOperatorConfirmsThem()
    {
        await using var home = await SavedHome.MakeAsync();
        await DamageAsync(home);

        var restored = await home.RestoreAndStartAsync();

        Assert.Equal(2, restored.Suspended);
        await home.RefusesAsync(home.Phone, RefusalCode.DeviceSuspended);
        await ConfirmAsync(home);
        await home.AcceptsAsync(home.Phone);
        await home.AcceptsAsync(home.Tablet);
    }

    [Fact]
    public async Task ASecondRestore_DoesNotEndASuspension()
    {
        await using var home = await SavedHome.MakeAsync();
        await DamageAsync(home);
        _ = await home.RestoreAndStartAsync();

        var again = await home.RestoreAndStartAsync();

        Assert.Equal(2, again.Suspended);
        await home.RefusesAsync(home.Phone, RefusalCode.DeviceSuspended);
        await home.RefusesAsync(home.Tablet, RefusalCode.DeviceSuspended);
    }

    [Fact]
    public async Task RestoredTwice_FromASoundJournal_LetsTheSameDevicesIn()
    {
        await using var home = await SavedHome.MakeAsync();
        await home.RevokeAsync(home.Tablet);
        var first = await home.RestoreAndStartAsync();

        var second = await home.RestoreAndStartAsync();

        Assert.Equal(first.To + 1, second.To);
        await home.AcceptsAsync(home.Phone);
        await home.RefusesAsync(home.Tablet, RefusalCode.DeviceRevoked);
    }

    [Fact]
    public async Task Code_OfBefore_IsVoid()
    {
        await using var home = await SavedHome.MakeAsync();
        PairingCode code;
        await using (var owner = await home.Host.OperatorAsync())
        {
            code = await TestDevice.MintAsync(owner);
        }

        File.Delete(home.Archive);
        Assert.Equal(ExitCodes.Ok, (await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--to", home.Archive)).ExitCode);
        _ = await home.RestoreAndStartAsync();

        using var late = new TestDevice("late");
        await using var connection = await GatewayHost.OpenAsync(home.Host.Tcp);
        await Assert.ThrowsAsync<GatewayException>(() => late.Pairing(connection).ByCodeAsync(code, CancellationToken.None).WaitAsync(GatewayHost.Bound));
    }

    [Fact]
    public async Task ArchiveOfAnotherGateway_IsRefused_AndNothingChanges()
    {
        await using var home = await SavedHome.MakeAsync();
        await using var other = await SavedHome.MakeAsync();
        await home.Host.StopAsync();
        var journal = await File.ReadAllBytesAsync(home.Host.Home.JournalDatabase);

        var said = await SavedHome.OfflineAsync(home.Host.Home, "backup-restore", "--file", other.Archive);

        Assert.Equal("backup_foreign", said.Error.Code);
        Assert.Equal(journal, await File.ReadAllBytesAsync(home.Host.Home.JournalDatabase));
    }

    [Fact]
    public async Task UnderARunningDaemon_IsRefused_AndTheDaemonServesOn()
    {
        await using var home = await SavedHome.MakeAsync();

        var said = await home.RestoreAsync();

        Assert.NotEqual(ExitCodes.Ok, said.ExitCode);
        await home.AcceptsAsync(home.Phone);
    }

    [Fact]
    public async Task AnEmptyHome_BecomesTheGateway_AndItsDevicesWaitForAnOperator()
    {
        await using var home = await SavedHome.MakeAsync();
        await home.Host.StopAsync();
        var kept = Path.Combine(Path.GetDirectoryName(home.Host.Home.Root)!, "kept.ncb");
        File.Copy(home.Archive, kept);
        Directory.Delete(home.Host.Home.Root, recursive: true);

        var said = await SavedHome.OfflineAsync(home.Host.Home, "backup-restore", "--file", kept);
        Assert.True(said.ExitCode == ExitCodes.Ok && said.Errors.Length == 0, said.Errors);
        await home.StartAsync();

        await home.RefusesAsync(home.Phone, RefusalCode.DeviceSuspended);
        await ConfirmAsync(home);
        await home.AcceptsAsync(home.Phone);
    }

    private static async Task DamageAsync(SavedHome home)
    {
        await home.Host.StopAsync();
        foreach (var suffix in (string[])["-wal", "-shm"])
        {
            File.Delete(home.Host.Home.JournalDatabase + suffix);
        }

        await File.WriteAllTextAsync(home.Host.Home.JournalDatabase, "no database, but longer than the header of one, so that nobody takes it for an empty file of one");
    }

    private static async Task ConfirmAsync(SavedHome home)
    {
        await using var owner = await home.Host.OperatorAsync();
        var confirmed = await owner.CallAsync(
            DevicesConfirmParams.Method, new DevicesConfirmParams(), ProtocolJson.Default.DevicesConfirmParams, ProtocolJson.Default.DevicesConfirmResult, CancellationToken.None)
            .WaitAsync(GatewayHost.Bound);
        Assert.Equal(2, confirmed.Devices.Length);
    }
}

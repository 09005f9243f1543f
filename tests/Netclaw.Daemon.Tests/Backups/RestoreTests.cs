using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust.Secrets;
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
    public async Task ScopesThatWereNarrowedSince_StayNarrow_OnAConnection()
    {
        var read = new ScopeSet(Scope.Read);
        await using var home = await SavedHome.MakeAsync();
        await using (var owner = await home.Host.OperatorAsync())
        {
            await SetScopesAsync(owner, home.Tablet.Id, read);
        }

        _ = await home.RestoreAndStartAsync();

        await using var tablet = await home.Tablet.ConnectAsync(home.Host);
        Assert.Equal(read, await ScopesAsync(tablet));
        Assert.Equal(RefusalCode.MissingScope, (await Assert.ThrowsAsync<GatewayException>(() => SetScopesAsync(tablet, home.Phone.Id, read))).Code);
        await using var phone = await home.Phone.ConnectAsync(home.Host);
        Assert.Equal(ScopeSet.DeviceDefault, await ScopesAsync(phone));
    }

    [Fact]
    public async Task Devices_AreByteByByteThoseOfTheBackup_AndTheirTokensAreVoid()
    {
        await using var home = await SavedHome.MakeAsync();
        var token = await ProtocolDeviceAsync(home);
        File.Delete(home.Archive);
        Assert.Equal(ExitCodes.Ok, (await SavedHome.OfflineAsync(home.Host.Home, "backup-create", "--to", home.Archive)).ExitCode);
        var before = home.Host.Service<RegistryView>().Current!.Devices;
        await using (var owner = await home.Host.OperatorAsync())
        {
            _ = await owner.CallAsync(
                PairRenameParams.Method, new PairRenameParams(home.Phone.Id, "renamed since"), ProtocolJson.Default.PairRenameParams, ProtocolJson.Default.PairRenameResult, CancellationToken.None)
                .WaitAsync(GatewayHost.Bound);
        }

        _ = await home.RestoreAndStartAsync();

        var after = home.Host.Service<RegistryView>().Current!.Devices;
        Assert.Equal(before.Values.Select(device => Serialized(device with { Tokens = [] })).Order(), after.Values.Select(Serialized).Order());
        Assert.NotNull(DeviceTokens.Find(before[ProtocolKey.DeviceId], Role.Operator, token));
        Assert.Null(DeviceTokens.Find(after[ProtocolKey.DeviceId], Role.Operator, token)); // what a connection's token is held against
        await home.AcceptsAsync(home.Phone);
        await home.AcceptsAsync(home.Tablet);
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

    private static PublicKey ProtocolKey { get; } =
        PublicKey.TryCreate(KeyAlgorithm.Ed25519, [.. Enumerable.Repeat((byte)7, 32)], out var made) ? made : throw new InvalidOperationException();

    private static async Task<Secret> ProtocolDeviceAsync(SavedHome home)
    {
        var registry = home.Host.Service<Akka.Hosting.IReadOnlyActorRegistry>().Get<Actors.Hosting.DeviceRegistryKey>();
        Assert.IsType<RegistryReply.Paired>(await Akka.Actor.Futures.Ask<RegistryReply>(registry, new RegistryCommand.PairSilently(
            1, DateTimeOffset.UnixEpoch, ProtocolKey, Role.Operator, ScopeSet.DeviceDefault, "protocol phone", null, Actors.Trust.SilentVia.Local, "test", "127.0.0.1"), GatewayHost.Bound));
        await using var owner = await home.Host.OperatorAsync();
        var rotated = await owner.CallAsync(
            TokenRotateParams.Method, new TokenRotateParams(ProtocolKey.DeviceId, Role.Operator), ProtocolJson.Default.TokenRotateParams, ProtocolJson.Default.TokenRotateResult, CancellationToken.None)
            .WaitAsync(GatewayHost.Bound);
        return rotated.Token!;
    }

    /// <summary>As it is stored: in an event that holds nothing else but a time.</summary>
    private static string Serialized(Device device) =>
        System.Text.Encoding.UTF8.GetString(new RegistryCodec().EncodeEvent(new RegistryEvent.TombstonesKept(DateTimeOffset.UnixEpoch, [device])).Bytes);

    private static Task<ScopesSetResult> SetScopesAsync(GatewayConnection by, DeviceId device, ScopeSet scopes) => by.CallAsync(
        ScopesSetParams.Method, new ScopesSetParams(device, scopes), ProtocolJson.Default.ScopesSetParams, ProtocolJson.Default.ScopesSetResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

    private static async Task<ScopeSet> ScopesAsync(GatewayConnection connection) =>
        (await connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound)).You.Scopes;

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

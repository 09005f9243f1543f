using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>What an older journal owes to the newer one that it takes the place of.</summary>
public sealed class RestorePromiseTests
{
    private readonly TestRegistry _older = new();

    [Fact]
    public void Device_RevokedSinceTheBackup_StaysRevoked()
    {
        _older.Pair(1);

        Restore([_older.State.Devices[Id(1)] with { RevokedAt = Start.AddHours(1) }], suspend: false);

        Assert.True(_older.State.Devices[Id(1)].IsRevoked);
        Assert.Equal(0, _older.State.View(_older.Now, 0).PairedCount);
    }

    [Fact]
    public void Device_PairedAndRevokedSinceTheBackup_IsKnownAsRevoked()
    {
        var newer = new TestRegistry();
        newer.Pair(1);

        Restore([newer.State.Devices[Id(1)] with { RevokedAt = Start.AddHours(1) }], suspend: false);

        Assert.True(_older.State.Devices[Id(1)].IsRevoked);
    }

    [Fact]
    public void CodesAndRequests_OfTheBackup_AreVoid()
    {
        _older.Mint();
        _older.Request(1);

        Restore([], suspend: false);

        Assert.Empty(_older.State.Codes);
        Assert.Empty(_older.State.Pending);
    }

    [Fact]
    public void Devices_WaitForAnOperator_WhereRevocationsMayBeMissing()
    {
        _older.Pair(1);

        Restore([], suspend: true);

        Assert.True(_older.State.Devices[Id(1)].IsSuspended);
    }

    private void Restore(Device[] tombstones, bool suspend) => _older.Do<RegistryReply.Done>((id, now) =>
        new RegistryCommand.BeginEpoch(id, now, 2, EpochCause.Restore, [.. tombstones], suspend));
}

using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>What a journal of before knows of imported devices and of a host key that was being replaced.</summary>
public sealed class EpochRulesTests
{
    private static readonly SaltedHash Hash = SaltedHash.TryCreate(new string('a', 64), "c2FsdA==", out var hash, out _) ? hash : throw new ArgumentException("no hash");

    private static readonly LegacyDevice Legacy = new() { Id = LegacyDeviceId.Of(Hash), Token = Hash, Name = "old phone", ImportedAt = Start, ImportedBy = "control:uid=1000" };

    [Fact]
    public void LegacyDevice_ImportedAndTakenBackSinceTheBackup_IsKnownAsEnded()
    {
        var after = Begin(RegistryState.Empty, Legacy with { RemovedAt = Start.AddHours(1) });

        Assert.Equal(Start.AddHours(1), after.Legacy[Legacy.Id].RemovedAt);
    }

    [Fact]
    public void LegacyDevice_SpentSinceTheBackup_DoesNotWaitAgain()
    {
        var before = RegistryState.Empty.Apply(new RegistryEvent.LegacyDeviceImported(Start, Legacy));

        var after = Begin(before, Legacy with { EnrolledAs = Id(1), EnrolledAt = Start.AddHours(1) });

        Assert.False(after.Legacy[Legacy.Id].IsWaiting);
    }

    [Fact]
    public void LegacyDevice_ThatStillWaitsInTheNewerJournal_IsNotCarriedOver() => Assert.Empty(Begin(RegistryState.Empty, Legacy).Legacy);

    [Fact]
    public void LegacyDevice_ThatWaitsInBoth_WaitsOn()
    {
        var before = RegistryState.Empty.Apply(new RegistryEvent.LegacyDeviceImported(Start, Legacy));

        Assert.True(Begin(before, Legacy).Legacy[Legacy.Id].IsWaiting);
    }

    [Fact]
    public void HostKey_ThatWasPrepared_IsNotWaitedFor()
    {
        var before = RegistryState.Empty.Apply(new RegistryEvent.HostCredentialRotationPrepared(Start, Id(2)));

        Assert.Null(Begin(before).PreparedHost);
    }

    private static RegistryState Begin(RegistryState before, params LegacyDevice[] legacy)
    {
        var begun = DeviceDecider.Decide(new RegistryCommand.BeginEpoch(1, Start.AddHours(2), 2, EpochCause.Restore, [], SuspendDevices: false) { EndedLegacy = [.. legacy] }, before);
        Assert.IsType<RegistryReply.Done>(begun.Reply);
        return before.Apply(begun.Events.AsSpan());
    }
}

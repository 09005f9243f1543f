using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Importing.LegacySamples;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Importing;

public sealed class ImportRulesTests
{
    private readonly TestRegistry _registry = new();

    [Fact]
    public void Keeps_LegacyAndKeyedDevices_AndSaysSo_OnceMoreWithoutAChange()
    {
        ImportEntry[] entries = [Legacy(1), Keyed(Key(5)), Legacy(2, "laptop")];

        Assert.Equal([ImportRow.Kept, ImportRow.Kept, ImportRow.Kept], Import(entries).Select(row => row.Outcome));
        Assert.Equal(3, _registry.Last.Events.Length);
        var before = RegistryText.Of(_registry.State);

        var again = Import(entries);

        Assert.Equal([ImportRow.Present, ImportRow.Present, ImportRow.Present], again.Select(row => row.Outcome));
        Assert.Empty(_registry.Last.Events);
        Assert.Equal(before, RegistryText.Of(_registry.State));
        Assert.Equal(entries.Select(entry => entry.From), again.Select(row => row.From));
    }

    [Fact]
    public void DryRun_SaysTheSame_AndChangesNothing()
    {
        ImportEntry[] entries = [Legacy(1), Keyed(Key(5)), Keyed(Key(5), "again")];

        var planned = Import(entries, dryRun: true);

        Assert.Empty(_registry.Last.Events);
        Assert.Empty(_registry.State.Legacy);
        Assert.Equal<ImportRow>(planned, Import(entries));
    }

    [Fact]
    public void KeyedDevice_ComesWithWhatItHeld_AndItsTokensNarrowedToIt()
    {
        var entry = Keyed(Key(5), "tablet", ScopeSet.ReadWrite, Role.Operator, Role.Node);
        entry = entry with
        {
            Keyed = entry.Keyed! with
            {
                PairedAtMs = Start.AddDays(-3).ToUnixTimeMilliseconds(), LastSeenMs = Start.AddDays(9).ToUnixTimeMilliseconds(),
                Tokens = [new KeyedToken(Role.Operator, "hash", ScopeSet.All), new KeyedToken(Role.Operator, "second", ScopeSet.All)],
            },
        };

        Import(entry);

        var device = _registry.State.Devices[Id(5)];
        Assert.Equal((PairedVia.Import, "tablet", Start.AddDays(-3), (DateTimeOffset?)null), (device.Via, device.Name, device.PairedAt, device.SeenAt));
        Assert.Equal<Role>([Role.Operator, Role.Node], device.Roles);
        var token = Assert.Single(device.Tokens);
        Assert.Equal("hash", token.Sha256);
        Assert.True(device.Scopes.Covers(token.Scopes));
    }

    [Fact]
    public void RevokedKey_StaysRevoked()
    {
        _registry.Pair(5, "tablet");
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(5), "lost", Operator));

        var row = Assert.Single(Import(Keyed(Key(5))));

        Assert.Equal(ImportRow.NotKept, row.Outcome);
        Assert.Contains("revoked here on 2026-03-01", row.Reason);
        Assert.True(_registry.State.Devices[Id(5)].IsRevoked);
    }

    [Fact]
    public void LegacyDeviceThatWasTakenBack_StaysSo()
    {
        Import(Legacy(1));
        _registry.Do<RegistryReply.LegacyRemoved>((id, now) => new RegistryCommand.RemoveLegacy(id, now, LegacyId(1), "lost", Operator));

        var row = Assert.Single(Import(Legacy(1)));

        Assert.Equal(ImportRow.NotKept, row.Outcome);
        Assert.Contains("taken back", row.Reason);
        Assert.False(_registry.State.Legacy[LegacyId(1)].IsWaiting);
    }

    [Fact]
    public void AfterARestoreInDoubt_NobodyNewIsBrought_UntilAnOperatorHasSaidWhoMayCome()
    {
        _registry.Pair(5, "tablet");
        Import(Legacy(1));
        _registry.Do((id, now) => new RegistryCommand.NotePosture(id, now, new Posture("local", "none")));
        _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.BeginEpoch(id, now, 2, EpochCause.Restore, [], SuspendDevices: true));

        var waiting = Assert.Single(Import(Legacy(1)));
        Assert.Equal(ImportRow.NotKept, waiting.Outcome); // what it may have been spent on since is not known
        Assert.Contains("netclaw devices confirm --all", Assert.Single(Import(Legacy(2))).Reason);
        Assert.Equal(ImportRow.NotKept, Assert.Single(Import(Keyed(Key(6)))).Outcome);
        Assert.Equal(ImportRow.Present, Assert.Single(Import(Keyed(Key(5)))).Outcome);
        _registry.Do<RegistryReply.Confirmed>((id, now) => new RegistryCommand.ConfirmDevices(id, now, [], Operator));
        Assert.Contains("netclaw devices auto-approve confirm", Assert.Single(Import(Legacy(2))).Reason);
        _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.ConfirmLocalPairing(id, now, Operator));

        Assert.Equal([ImportRow.Kept, ImportRow.Kept, ImportRow.NotKept], Import(Legacy(2), Keyed(Key(6)), Legacy(1)).Select(row => row.Outcome));
        Assert.False(_registry.State.Legacy[LegacyId(1)].IsWaiting);
    }

    [Fact]
    public void PairedDevice_KeepsWhatItHoldsHere()
    {
        _registry.Pair(5, "phone");
        var before = _registry.State.Devices[Id(5)];

        var row = Assert.Single(Import(Keyed(Key(5), "other", ScopeSet.All)));

        Assert.Equal((ImportRow.Present, "phone"), (row.Outcome, row.Name));
        Assert.Same(before, _registry.State.Devices[Id(5)]);
    }

    [Fact]
    public void HostsOwnKey_IsNotADevice()
    {
        _registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(9), "host"));

        Assert.Equal(ImportRow.NotKept, Assert.Single(Import(Keyed(Key(9)))).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\u202eb")]
    public void UnusableName_IsReplacedByTheId_AndSaid(string name)
    {
        var row = Assert.Single(Import(Legacy(1, name)));

        Assert.Equal((ImportRow.Kept, LegacyId(1).ToString()), (row.Outcome, row.Name));
        Assert.Contains("its name is none", row.Reason);
    }

    [Fact]
    public void NamesInUse_AreNumbered()
    {
        _registry.Pair(5, "tablet");

        Assert.Equal("tablet (2)", Assert.Single(Import(Keyed(Key(6)))).Name);
    }

    [Fact]
    public void EntryWithoutARole_IsNamed()
    {
        var entry = Keyed(Key(5));

        Assert.Equal("it has no role that this gateway knows", Assert.Single(Import(entry with { Keyed = entry.Keyed! with { Roles = [] } })).Reason);
    }

    [Fact]
    public void EntryThatIsBothOrNeither_IsNamed() =>
        Assert.All(Import(new ImportEntry { From = "a" }, Legacy(1) with { Keyed = Keyed(Key(5)).Keyed }), row => Assert.Equal(ImportRow.NotKept, row.Outcome));

    [Fact]
    public void TakesAdmin_AndSoManyAtOnce()
    {
        _registry.Refuses(RefusalCode.MissingScope, (id, now) => new RegistryCommand.Import(id, now, [Legacy(1)], false, Operator with { Scopes = ScopeSet.DeviceDefault }));
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.Import(
            id, now, [.. Enumerable.Range(0, ImportParams.MostEntries + 1).Select(number => Legacy(number))], false, Operator));
    }

    [Fact]
    public void BeyondTheBound_EntriesAreNamed()
    {
        for (var first = 0; first < LegacyDevice.Most; first += ImportParams.MostEntries)
        {
            Import([.. Enumerable.Range(first, Math.Min(ImportParams.MostEntries, LegacyDevice.Most - first)).Select(number => Legacy(number))]);
        }

        var row = Assert.Single(Import(Legacy(100_000)));

        Assert.Equal(ImportRow.NotKept, row.Outcome);
        Assert.Contains("4096", row.Reason);
    }

    private ImmutableArray<ImportRow> Import(params ImportEntry[] entries) => Import(entries, dryRun: false);

    private ImmutableArray<ImportRow> Import(ImportEntry[] entries, bool dryRun) =>
        _registry.Do<RegistryReply.Imported>((id, now) => new RegistryCommand.Import(id, now, [.. entries], dryRun, Operator)).Rows;
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>Where no repair in place is safe: begun anew under the same gateway key, with nothing removed from the disk and nobody revoked let back in.</summary>
public sealed class FullResetTests
{
    private const string Stamp = "20261128-041500";

    private static readonly Principal Owner = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "test");

    private static readonly Dictionary<string, (bool Readable, Action<NetclawHome> Break)> States = new()
    {
        ["healthy"] = (true, _ => { }),
        ["host key gone"] = (true, home => File.Delete(home.HostKey)),
        ["host key is no key"] = (true, home => File.WriteAllText(home.HostKey, "not a key")),
        ["journal gone"] = (false, home => Directory.GetFiles(home.StateDirectory).ToList().ForEach(File.Delete)),
        ["journal is no database"] = (false, home => File.WriteAllText(home.JournalDatabase, new string('x', 9000))),
        ["mark is no mark"] = (false, home => File.WriteAllText(home.GatewayMark, "{}")),
        ["mark gone"] = (false, home => File.Delete(home.GatewayMark)),
        ["journal key is no key"] = (false, home => File.WriteAllText(home.JournalKey, "not a key")),
    };

    public static TheoryData<string> Names => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Begins_Anew_UnderTheSameGatewayKey_AndKeepsWhatWas(string state)
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        using var lost = await RevokedAsync(home);
        var (readable, damage) = States[state];
        var gateway = await File.ReadAllTextAsync(home.Home.GatewayKey);
        damage(home.Home);
        var before = Hashes(home.Home);

        var reset = (await home.OfflineAsync("recover-reset", "--confirm", await PhraseAsync(home))).Read(ProtocolJson.Default.RecoveryRepairResult);

        Assert.True(reset.Epoch >= 2);
        Assert.Equal(gateway, await File.ReadAllTextAsync(home.Home.GatewayKey));
        Assert.Subset(Hashes(home.Home), before);
        Assert.False(File.Exists(home.Home.ResetOrder));
        await BeganAnewAsync(home, lost, readable);
        Assert.Equal(reset.Epoch, home.Host.Service<RegistryView>().Current!.Epoch);
    }

    [Fact]
    public async Task Wants_ItsPhrase_AndNothingLess()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        var before = Hashes(home.Home);

        foreach (var typed in (string[])["yes", "reset all pairings", "reset all pairings on somebody else's"])
        {
            Assert.Equal("consent_required", (await home.OfflineAsync("recover-reset", "--confirm", typed)).Error.Code);
        }

        Assert.Equal("consent_required", (await home.OfflineAsync("recover-reset")).Error.Code);
        Assert.Equal(before, Hashes(home.Home));
        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    [RootFact]
    public async Task Moves_NothingOfAnotherUsers()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        TemporaryHome.GiveAway(home.Home.JournalDatabase, 1234);
        var before = Hashes(home.Home);

        Assert.Equal("home_foreign", (await home.OfflineAsync("recover-reset", "--confirm", await PhraseAsync(home))).Error.Code);

        Assert.Equal(before, Hashes(home.Home));
    }

    [Fact]
    public async Task Never_BecomesAnotherGateway()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        File.Delete(home.Home.GatewayKey);
        var before = Hashes(home.Home);

        Assert.Equal("key_unreadable", (await home.OfflineAsync("recover-reset", "--confirm", await PhraseAsync(home))).Error.Code);

        Assert.Equal(before, Hashes(home.Home));
    }

    /// <summary>One token was used, one taken back, one is still good: the same file again lets only the last one wait, and that one only after the owner has said who may come.</summary>
    [Fact]
    public async Task LegacyTokens_ThatWereUsedOrTakenBack_StayEnded_WhenTheyAreImportedAgain()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        await ImportedAsync(home);

        _ = (await home.OfflineAsync("recover-reset", "--confirm", await PhraseAsync(home))).Read(ProtocolJson.Default.RecoveryRepairResult);

        var doubted = await home.WithRegistryAsync((registry, _) => ImportAsync(registry));
        Assert.Equal(["present", "notKept", "notKept"], doubted.Select(row => row.Outcome));
        Assert.EndsWith("netclaw devices auto-approve confirm", doubted[2].Reason, StringComparison.Ordinal);

        var rows = await home.WithRegistryAsync(async (registry, _) =>
        {
            Assert.NotNull(await registry.AskAsync(new RegistryCommand.NotePosture(8, registry.Now, new Posture("local", "token"))).WaitAsync(GatewayHost.Bound)); // as a start does
            Assert.IsType<RegistryReply.Done>(await registry.AskAsync(new RegistryCommand.ConfirmLocalPairing(9, registry.Now, Owner)).WaitAsync(GatewayHost.Bound));
            return await ImportAsync(registry);
        });
        Assert.Equal(["present", "notKept", "kept"], rows.Select(row => row.Outcome));
        Assert.Equal(["waits"], await home.WithRegistryAsync((registry, _) => Task.FromResult(registry.Snapshot.Legacy.Values.Where(legacy => legacy.IsWaiting).Select(legacy => legacy.Name).ToArray())));
    }

    /// <summary>Odd steps are gone on with by a start, even ones by another reset.</summary>
    [Fact]
    public async Task GoesOn_WhereverItWasCut_ByTheNextStartOrTheNextReset()
    {
        await using var template = await BrokenHome.SetUpAsync(paired: true, completed: true);
        using var lost = await RevokedAsync(template);
        await ImportedAsync(template);
        var order = new ResetOrder(Stamp, 2, await TombstonesAsync(template), EndedLegacy: await template.WithRegistryAsync(
            (registry, _) => Task.FromResult<ImmutableArray<LegacyDevice>>([.. registry.Snapshot.Legacy.Values.Where(legacy => !legacy.IsWaiting)])));
        var before = Hashes(template.Home);
        var completed = false;
        for (var step = 1; !completed; step++)
        {
            await using var home = await template.CopyAsync();
            var power = new Power(step);
            using (FileCalls.Use(power))
            {
                await CutAsync(home, order);
            }

            completed = !power.IsOut;
            var begun = File.Exists(home.Home.ResetOrder) || File.Exists($"{home.Home.JournalDatabase}.{Stamp}");
            if (step % 2 == 0)
            {
                _ = (await home.OfflineAsync("recover-reset", "--confirm", await PhraseAsync(home))).Read(ProtocolJson.Default.RecoveryRepairResult);
                begun = true;
            }

            Assert.Subset(Hashes(home.Home), before);
            await home.StartAsync();
            await home.ServesHostKeyAsync();
            Assert.Equal(begun ? RefusalCode.PairingRequired : null, await template.Phone!.RefusalAsync(home.Host));
            Assert.Equal(RefusalCode.DeviceRevoked, await lost.RefusalAsync(home.Host));
            Assert.True(!begun || home.Host.Service<RegistryView>().Current!.LocalPairingSuspended, $"step {step}");
            Assert.Equal(2, home.Host.Service<RegistryView>().Current!.Legacy.Values.Count(legacy => !legacy.IsWaiting));
            Assert.False(File.Exists(home.Home.ResetOrder), $"step {step}");
            Assert.InRange(step, 1, 120);
        }
    }

    private static async Task CutAsync(BrokenHome home, ResetOrder order)
    {
        var call = new OfflineCall(home.Home, new Dictionary<string, string>(), _ => null, new FixedMachine().Facts, Stream.Null, new MemoryStream());
        try
        {
            await RecoverResetVerb.ResetAsync(call, order, new NetclawOptions(), 8, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>The host is in by itself; whoever was paired is not, and whoever was revoked is told so.</summary>
    private static async Task BeganAnewAsync(BrokenHome home, TestDevice lost, bool readable)
    {
        await home.StartAsync();
        await (await home.Host.OperatorAsync()).DisposeAsync();
        await home.ServesHostKeyAsync();
        Assert.Equal(RefusalCode.PairingRequired, await home.Phone!.RefusalAsync(home.Host));
        var registry = home.Host.Service<RegistryView>().Current!;
        Assert.True(registry.LocalPairingSuspended);
        if (readable)
        {
            Assert.Equal(RefusalCode.DeviceRevoked, await lost.RefusalAsync(home.Host));
        }

        await home.Phone!.PairAsync(home.Host);
        await (await home.Phone.ConnectAsync(home.Host)).DisposeAsync();
    }

    private static async Task<TestDevice> RevokedAsync(BrokenHome home)
    {
        await home.StartAsync();
        var lost = new TestDevice("lost");
        await lost.PairAsync(home.Host);
        await using (var owner = await home.Host.OperatorAsync())
        {
            await owner.CallAsync(
                PairRemoveParams.Method, new PairRemoveParams(lost.Id, "lost"), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None)
                .WaitAsync(GatewayHost.Bound);
        }

        await home.Host.StopAsync();
        return lost;
    }

    /// <summary>Three devices of an earlier gateway: the token of one is used, one is taken back.</summary>
    private static Task<bool> ImportedAsync(BrokenHome home) => home.WithRegistryAsync(async (registry, _) =>
    {
        await ImportAsync(registry);
        using var key = SigningKey.Generate();
        Assert.IsType<RegistryReply.Paired>(await registry.AskAsync(
            new RegistryCommand.EnrolLegacy(2, registry.Now, LegacyDeviceId.Of(Token("used")), key.Public, null, "127.0.0.1")).WaitAsync(GatewayHost.Bound));
        Assert.IsType<RegistryReply.LegacyRemoved>(await registry.AskAsync(new RegistryCommand.RemoveLegacy(3, registry.Now, LegacyDeviceId.Of(Token("taken")), null, Owner)).WaitAsync(GatewayHost.Bound));
        return true;
    });

    private static async Task<ImmutableArray<ImportRow>> ImportAsync(OfflineRegistry registry) => Assert.IsType<RegistryReply.Imported>(await registry.AskAsync(new RegistryCommand.Import(
        1, registry.Now, [.. ((string[])["used", "taken", "waits"]).Select(name => new ImportEntry { From = name, Legacy = new LegacyEntry(name, Token(name)) })], DryRun: false, Owner))
        .WaitAsync(GatewayHost.Bound)).Rows;

    private static SaltedHash Token(string name) =>
        SaltedHash.TryCreate(Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))), "00112233445566778899aabbccddeeff", out var hash, out var problem) ? hash : throw new ArgumentException(problem);

    private static Task<ImmutableArray<Device>> TombstonesAsync(BrokenHome home) => home.WithRegistryAsync((registry, _) => Task.FromResult<ImmutableArray<Device>>(
        [.. registry.Snapshot.Devices.Values.Where(device => device.IsRevoked || device.Kind == DeviceKind.Host).Select(device => device with { RevokedAt = device.RevokedAt ?? registry.Now })]));

    private static async Task<string> PhraseAsync(BrokenHome home) =>
        $"reset all pairings on {(await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).Gateway}";

    /// <summary>The content of every file of value, whatever it is called; logs that SQLite leaves beside its files are its own.</summary>
    private static HashSet<string> Hashes(NetclawHome home) => [.. ((string[])[home.KeysDirectory, home.StateDirectory]).SelectMany(Directory.GetFiles)
        .Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal))
        .Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))];
}

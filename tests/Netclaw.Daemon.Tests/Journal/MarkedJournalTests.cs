using System.Net;
using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Offline;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Journal;

/// <summary>The whole daemon: its mark follows its journal, and a journal that is behind the mark does not serve.</summary>
public sealed class MarkedJournalTests
{
    [Fact]
    public async Task Mark_StandsWhereTheJournalEnds_AfterAnOrderlyEnd()
    {
        var host = await GatewayHost.StartAsync();
        await PairAsync(host, "laptop");
        await host.StopAsync();

        var mark = GatewayMark.Read(File.ReadAllBytes(host.Home.GatewayMark))!;
        Assert.Equal(Last(host.Home), mark.Head(DeviceRegistryActor.Id)!.Sequence);
        await (await host.RestartAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Mark_FollowsWhileTheDaemonRuns()
    {
        await using var host = await GatewayHost.StartAsync();
        await PairAsync(host, "laptop");
        var last = host.Service<RegistryView>().Current!.Sequence;
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (GatewayMark.Read(File.ReadAllBytes(host.Home.GatewayMark))!.Head(DeviceRegistryActor.Id)?.Sequence != last)
        {
            await Task.Delay(20, bound.Token);
        }
    }

    [Fact]
    public async Task Acknowledges_AndSaysThatTheMarkIsBehind_WhileItCannotBeWritten()
    {
        await using var host = await GatewayHost.StartAsync();
        File.Delete(host.Home.GatewayMark);
        Directory.CreateDirectory(host.Home.GatewayMark); // nothing can be renamed onto it
        await PairAsync(host, "laptop");
        var keeper = host.Service<HeadKeeper>();

        Assert.False(keeper.Write());
        Assert.False(keeper.Write());
        await using (var gateway = await host.OperatorAsync())
        {
            var status = await gateway.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
            Assert.NotNull(status.Journal.MarkProblem);
            Assert.True(status.Journal.Healthy);
        }

        Directory.Delete(host.Home.GatewayMark);
        Assert.True(keeper.Write());
        Assert.Null(keeper.Problem);
        await host.StopAsync();
        Assert.Single(File.ReadLines(host.Home.DaemonLog), line => line.Contains("the mark outside the journal cannot be written", StringComparison.Ordinal));
        Assert.Equal(Last(host.Home), GatewayMark.Read(File.ReadAllBytes(host.Home.GatewayMark))!.Head(DeviceRegistryActor.Id)!.Sequence);
    }

    [Fact]
    public async Task RefusesAnEarlierCopyOfTheJournal_NamesTheFirstLostRecord_AndChangesNothing()
    {
        var host = await GatewayHost.StartAsync();
        await host.StopAsync();
        var earlier = Files(host.Home);
        var last = Last(host.Home);
        await using var second = await host.RestartAsync();
        await PairAsync(second, "laptop");
        await second.StopAsync();
        PutBack(host.Home, earlier);

        var (exit, code, said) = await RunAsync(host.Home);

        Assert.Equal((ExitCodes.Failed, "journal_rolled_back"), (exit, code));
        Assert.Contains($"device-registry, record {last + 1}", said, StringComparison.Ordinal);
        Assert.Contains("netclaw recover local-access --full-reset", said, StringComparison.Ordinal);
        Assert.Contains("netclaw backup restore <file>", said, StringComparison.Ordinal);
        Assert.Equal(earlier[host.Home.JournalDatabase], File.ReadAllBytes(host.Home.JournalDatabase));
        Assert.Equal(last, Last(host.Home));
    }

    [Fact]
    public async Task RefusesAnEmptyFile_InTheJournalsPlace()
    {
        await using var host = await GatewayHost.StartAsync();
        await host.StopAsync();
        foreach (var file in Directory.GetFiles(host.Home.StateDirectory))
        {
            File.Delete(file);
        }

        File.WriteAllBytes(host.Home.JournalDatabase, []);

        Assert.Equal("journal_rolled_back", (await RunAsync(host.Home)).Code);
        Assert.Equal(0, new FileInfo(host.Home.JournalDatabase).Length);
    }

    [Fact]
    public async Task TakesAnOlderMark_AndSignsIt()
    {
        var host = await GatewayHost.StartAsync();
        await host.StopAsync();
        (GatewayMark.Read(File.ReadAllBytes(host.Home.GatewayMark))! with { Heads = null, Signature = null }).Save(host.Home);

        await using var second = await host.RestartAsync();
        await second.StopAsync();

        var mark = GatewayMark.Read(File.ReadAllBytes(host.Home.GatewayMark))!;
        Assert.NotNull(mark.Signature);
        Assert.Equal(Last(host.Home), mark.Head(DeviceRegistryActor.Id)!.Sequence);
    }

    [Fact]
    public void Compares_EpochAndBootstrap()
    {
        using var key = SigningKey.Generate();
        var mark = GatewayMark.Fresh(key.Public.GatewayId, "attic") with { Epoch = 3, Bootstrap = BootstrapPhase.Seeded };
        var state = RegistrySnapshot.Empty with { Bootstrap = BootstrapPhase.Seeded };

        Assert.Null(JournalComparison.OfState(mark, state, 3));
        Assert.Null(JournalComparison.OfState(mark, state, 4));
        Assert.Contains("epoch 2", JournalComparison.OfState(mark, state, 2)!.Message, StringComparison.Ordinal);
        Assert.Contains("Seeded", JournalComparison.OfState(mark, RegistrySnapshot.Empty)!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalCode.JournalRolledBack, JournalComparison.OfState(mark, null)!.Code);
    }

    [Fact]
    public async Task JournalCheck_ReadsBesideADaemonThatWrites_AndAfterIt_AndLeavesNothing()
    {
        await using var host = await GatewayHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await PairAsync(host, $"laptop {i}");
            var beside = await CheckAsync(host.Home);
            Assert.True(beside.Json.GetProperty("sound").GetBoolean(), beside.Out);
            Assert.Equal(host.Service<RegistryView>().Current!.Sequence, beside.Json.GetProperty("chains")[0].GetProperty("last").GetInt64());
        }

        await host.StopAsync();
        var before = Files(host.Home);
        var after = await CheckAsync(host.Home);
        Assert.Equal(ExitCodes.Ok, after.ExitCode);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), Files(host.Home).Keys.Order(StringComparer.Ordinal));
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
    }

    [Fact]
    public async Task JournalCheck_NamesTheFirstBadRecord()
    {
        await using var host = await GatewayHost.StartAsync();
        await host.StopAsync();
        var bytes = File.ReadAllBytes(host.Home.JournalDatabase);
        bytes[bytes.AsSpan().IndexOf("this host"u8)] ^= 1;
        File.WriteAllBytes(host.Home.JournalDatabase, bytes);

        var check = await CheckAsync(host.Home);

        Assert.Equal(ExitCodes.Failed, check.ExitCode);
        var bad = check.Json.GetProperty("firstBad");
        Assert.Equal(("journal_unreadable", "device-registry", 2), (bad.GetProperty("code").GetString(), bad.GetProperty("persistenceId").GetString(), bad.GetProperty("sequence").GetInt32()));
    }

    [Fact]
    public async Task JournalCheck_SaysThatThereIsNothingYet()
    {
        using var home = new TemporaryHome();

        var check = await CheckAsync(home.Home);

        Assert.Equal(ExitCodes.Ok, check.ExitCode);
        Assert.False(check.Json.GetProperty("checked").GetBoolean());
        Assert.False(Directory.Exists(home.Home.KeysDirectory));
    }

    private static async Task PairAsync(GatewayHost host, string name)
    {
        using var key = SigningKey.Generate();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var reply = await host.Service<IReadOnlyActorRegistry>().Get<DeviceRegistryKey>().Ask<RegistryReply>(new RegistryCommand.PairSilently(
            1, now, key.Public, Role.Operator, ScopeSet.All, name, null, SilentVia.Local, "test", "127.0.0.1")).WaitAsync(GatewayHost.Bound);
        Assert.IsNotType<RegistryReply.Refused>(reply);
    }

    private static long Last(NetclawHome home)
    {
        using var rows = Daemon.Journal.Auditing.SqliteRows.Open(home);
        return rows.Last(DeviceRegistryActor.Id);
    }

    private static Dictionary<string, byte[]> Files(NetclawHome home) => Directory.GetFiles(home.StateDirectory).ToDictionary(file => file, File.ReadAllBytes);

    private static void PutBack(NetclawHome home, Dictionary<string, byte[]> files)
    {
        foreach (var file in Directory.GetFiles(home.StateDirectory))
        {
            File.Delete(file);
        }

        foreach (var (file, bytes) in files)
        {
            File.WriteAllBytes(file, bytes);
        }
    }

    private static async Task<(int Exit, string? Code, string Said)> RunAsync(NetclawHome home)
    {
        var said = "";
        var exit = await DaemonHost.RunAsync(
            new DaemonArguments { Home = home.Root, Listen = IPEndPoint.Parse("127.0.0.1:0"), JsonErrors = true }, null, CancellationToken.None, text => said = text).WaitAsync(GatewayHost.Bound);
        var error = Assert.Single(JsonSerializer.Deserialize<JsonElement>(said).EnumerateArray());
        return (exit, error.GetProperty("code").GetString(), error.GetProperty("message").GetString() + " " + error.GetProperty("remedy").GetString());
    }

    private static async Task<OfflineRun> CheckAsync(NetclawHome home)
    {
        using var output = new MemoryStream();
        var errors = "";
        var code = await Daemon.Offline.OfflineHost.RunAsync(
            ["journal-check", "--home", home.Root, "--json"], _ => null, new Configuration.FixedMachine().Facts, Stream.Null, output, said => errors += said, CancellationToken.None);
        return new OfflineRun(code, System.Text.Encoding.UTF8.GetString(output.ToArray()), errors);
    }
}

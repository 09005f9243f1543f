using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Offline;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Importing;

/// <summary><c>netclaw import</c> as a person types it, with the daemon up and down, and the verbs that it calls.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly EarlierGateway _earlier = new();

    public void Dispose() => _earlier.Dispose();

    [Fact]
    public async Task WithTheDaemonUp_EveryEntryIsKept_AndASecondRunSaysThatNothingChanged()
    {
        await using var stage = await Stage.SetAsync("{}");
        var before = _earlier.WithDevices(false, "phone", "laptop").Write("bootstrap-state.json", "{}").Fingerprint();

        var planned = (await stage.Owner.RunAsync("import", _earlier.Folder, "--dry-run")).Expect().Json;
        Assert.Empty(stage.Host.Service<RegistryView>().Current!.Legacy);
        var first = (await stage.Owner.RunAsync("import", _earlier.Folder)).Expect().Json;
        var sequence = stage.Host.Service<RegistryView>().Current!.Sequence;
        var second = (await stage.Owner.RunAsync("import", _earlier.Folder)).Expect().Json;

        Assert.Equal((2, 0, 0), Counts(planned));
        Assert.Equal((2, 0, 0), Counts(first));
        Assert.Equal((0, 2, 0), Counts(second));
        Assert.Equal(sequence, stage.Host.Service<RegistryView>().Current!.Sequence);
        Assert.Equal(before, _earlier.Fingerprint());
        Assert.Equal(["kept", "kept", "noted"], first.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task WithTheDaemonDown_ItIsDoneUnderTheLock_AndTheDaemonFindsIt()
    {
        await using var stage = await Stage.SetAsync("{}");
        await stage.Host.StopAsync();
        _earlier.WithDevices(false, "phone", "laptop");

        Assert.Equal((2, 0, 0), Counts((await stage.Owner.RunAsync("import", _earlier.Devices, "--dry-run")).Expect().Json));
        Assert.Equal((2, 0, 0), Counts((await stage.Owner.RunAsync("import", _earlier.Devices)).Expect().Json));
        Assert.Equal((0, 2, 0), Counts((await stage.Owner.RunAsync("import", _earlier.Devices)).Expect().Json));

        var again = await stage.Host.RestartAsync();
        Assert.Equal(["laptop", "phone"], again.Service<RegistryView>().Current!.Legacy.Values.Select(legacy => legacy.Name).Order(StringComparer.Ordinal));
        await again.StopAsync();
    }

    [Fact]
    public async Task OnAHomeThatIsNotThereYet_APlanMakesNothing_AndAnImportMakesIt()
    {
        using var home = new TemporaryHome();
        _earlier.WithDevices(false, "phone");

        var planned = await OfflineRun.Of(home, null, "import-plan", "--from", _earlier.Folder);
        Assert.Equal((1, 0, 0), Counts(planned.Json));
        Assert.False(Directory.Exists(home.Home.Root));

        Assert.Equal((1, 0, 0), Counts((await OfflineRun.Of(home, null, "import-apply", "--from", _earlier.Folder)).Json));
        Assert.Equal((0, 1, 0), Counts((await OfflineRun.Of(home, null, "import-plan", "--from", _earlier.Folder)).Json));
    }

    [Fact]
    public async Task Verb_DoesNotWriteBesideADaemon()
    {
        await using var host = await GatewayHost.StartAsync();
        _earlier.WithDevices(false, "phone");

        var problems = new List<string>();
        using var output = new MemoryStream();
        var code = await OfflineHost.RunAsync(
            ["import-apply", "--from", _earlier.Devices, "--home", host.Home.Root], _ => null, new FixedMachine().Facts, Stream.Null, output, problems.Add, CancellationToken.None);

        Assert.NotEqual(ExitCodes.Ok, code);
        Assert.Contains("lock_held", Assert.Single(problems));
        Assert.Empty(host.Service<RegistryView>().Current!.Legacy);
    }

    [Fact]
    public async Task DamagedFile_ChangesNothing_AndIsNamedByPlace()
    {
        await using var stage = await Stage.SetAsync("{}");
        _earlier.Write("devices.json", "[" + EarlierGateway.Entry("phone").ToJsonString() + ",\n{\"name\":");

        var failure = (await stage.Owner.RunAsync("import", _earlier.Devices)).Failure;

        Assert.Equal("import_damaged", failure.Code);
        Assert.Contains("devices.json, line 2, column", failure.Message);
        Assert.Empty(stage.Host.Service<RegistryView>().Current!.Legacy);
    }

    [Fact]
    public async Task WaitingDevice_IsListed_AndTakenBack_AndNotBroughtBack()
    {
        await using var stage = await Stage.SetAsync("{}");
        (await stage.Owner.RunAsync("import", _earlier.WithDevices(false, "phone").Devices)).Expect();

        var listed = (await stage.Owner.RunAsync("devices", "list")).Expect().Json.GetProperty("legacy")[0];
        Assert.Equal(("phone", true), (listed.GetProperty("name").GetString(), listed.GetProperty("isBootstrapDevice").GetBoolean()));
        Assert.Equal(listed.GetProperty("legacyId").GetString(), (await stage.Owner.RunAsync("devices", "revoke", "phone", "--yes")).Expect().Json.GetProperty("legacyId").GetString());
        Assert.False((await stage.Owner.RunAsync("devices", "list")).Expect().Json.TryGetProperty("legacy", out _));
        Assert.True((await stage.Owner.RunAsync("devices", "list", "--all")).Expect().Json.GetProperty("legacy")[0].TryGetProperty("removedAtMs", out _));

        var again = await stage.Owner.RunAsync("import", _earlier.Devices);
        Assert.Equal(ExitCodes.Warned, again.ExitCode);
        Assert.Equal((0, 0, 1), Counts(again.Json));
    }

    [Fact]
    public async Task ManyEntries_GoInSeveralCalls_AndNoneIsLost()
    {
        await using var stage = await Stage.SetAsync("{}");
        var names = Enumerable.Range(0, 2 * ImportParams.MostEntries + 7).Select(number => $"device {number}").ToArray();

        Assert.Equal((names.Length, 0, 0), Counts((await stage.Owner.RunAsync("import", _earlier.WithDevices(true, names).Devices)).Expect().Json));
        Assert.Equal(names.Length, stage.Host.Service<RegistryView>().Current!.Legacy.Count);
    }

    [Fact]
    public async Task Method_IsServedOnTheControlSocketAlone()
    {
        await using var host = await GatewayHost.StartAsync();
        using var admin = new TestDevice("admin");
        await using var owner = await host.OperatorAsync();
        await admin.PairAsync(host);
        await owner.CallAsync(ScopesSetParams.Method, new ScopesSetParams(admin.Id, ScopeSet.All), ProtocolJson.Default.ScopesSetParams, ProtocolJson.Default.ScopesSetResult, default).WaitAsync(GatewayHost.Bound);
        await using var remote = await admin.ConnectAsync(host);

        var refused = await Assert.ThrowsAsync<GatewayException>(() => remote.CallAsync(
            ImportParams.Method, new ImportParams([]), ProtocolJson.Default.ImportParams, ProtocolJson.Default.ImportResult, default).WaitAsync(GatewayHost.Bound));

        Assert.Equal(RefusalCode.InvalidRequest, refused.Code);
        Assert.Contains("control socket alone", refused.Message);
        Assert.Empty((await owner.CallAsync(ImportParams.Method, new ImportParams([]), ProtocolJson.Default.ImportParams, ProtocolJson.Default.ImportResult, default).WaitAsync(GatewayHost.Bound)).Rows);
    }

    private static (int Kept, int Present, int NotKept) Counts(JsonElement report) =>
        (report.GetProperty("kept").GetInt32(), report.GetProperty("present").GetInt32(), report.GetProperty("notKept").GetInt32());
}

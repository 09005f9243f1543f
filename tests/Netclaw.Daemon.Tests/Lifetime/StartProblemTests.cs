using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Netclaw.Actors.Bootstrap;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Lifetime;

/// <summary>Everything that keeps a daemon from starting: what it says and what it exits with.</summary>
public sealed class StartProblemTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private string _said = "";

    private NetclawHome Home => _temporary.Home;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task NamesThePidOfTheFirst_WhenASecondDaemonStartsOnOneHome()
    {
        await using var first = await GatewayHost.StartAsync();

        Assert.Equal(ExitCodes.Failed, await RunAsync(home: first.Home.Root));
        Assert.Equal("lock_held", Codes());
        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), _said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/readyz", control: true)).Status);
    }

    [Fact]
    public async Task NamesTheAddress_WhenThePortIsInUse()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        Assert.Equal(ExitCodes.Unavailable, await RunAsync(listen: taken.LocalEndpoint.ToString()!));
        Assert.Equal("port_in_use", Codes());
        Assert.Contains($"Another program listens on {taken.LocalEndpoint}", _said, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task ListsConfigurationAndHomeProblems_Together()
    {
        _temporary.WriteConfig("""{"listen":{"prot":1},"auth":{"mode":"magic"}}""");
        Directory.CreateDirectory(Home.KeysDirectory, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(Home.KeysDirectory, (UnixFileMode)0b111_111_111);

        Assert.Equal(ExitCodes.Refused, await RunAsync());
        Assert.Equal("home_foreign config_invalid config_invalid", Codes());
    }

    [Fact]
    public async Task NamesThePortAndTheKey_Together()
    {
        await StartOnceAsync();
        File.SetUnixFileMode(Home.HostKey, (UnixFileMode)0b110_100_000);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        Assert.Equal(ExitCodes.Refused, await RunAsync(listen: taken.LocalEndpoint.ToString()!));
        Assert.Equal("key_unreadable port_in_use", Codes());
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task ExitsWith78_WhenTheConfigurationIsWrong()
    {
        _temporary.WriteConfig("""{"listen":{"adress":"::1"}}""");

        Assert.Equal(ExitCodes.Config, await RunAsync());
        Assert.Equal("config_invalid", Codes());
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task NamesTheKeyFile_WhenItIsOpenToOthers()
    {
        await StartOnceAsync();
        File.SetUnixFileMode(Home.GatewayKey, (UnixFileMode)0b110_100_100);

        Assert.Equal(ExitCodes.Refused, await RunAsync());
        Assert.Equal("key_unreadable", Codes());
        Assert.Contains(Home.GatewayKey, _said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesTheFile_WhenTheJournalIsNoDatabase()
    {
        await StartOnceAsync();
        File.WriteAllText(Home.JournalDatabase, new string('x', 9000));

        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Equal("journal_unreadable", Codes());
        Assert.Equal(9000, new FileInfo(Home.JournalDatabase).Length);
    }

    [Fact]
    public async Task NamesTheRecord_WhenTheJournalWasTamperedWith()
    {
        await StartOnceAsync();
        var bytes = File.ReadAllBytes(Home.JournalDatabase);
        var at = bytes.AsSpan().IndexOf("this host"u8);
        Assert.True(at > 0);
        bytes[at] ^= 1;
        File.WriteAllBytes(Home.JournalDatabase, bytes);

        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Equal("journal_unreadable", Codes());
        Assert.Contains("device-registry, record 2", _said, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task RefusesAJournalThatWasRolledBack_ByTheMarkOutsideIt()
    {
        await StartOnceAsync();
        var problems = new StartProblems();
        using (var keys = new KeyringLoader(Home, problems).Open("attic")!)
        {
            keys.Reached(BootstrapPhase.Completed, "attic");
        }

        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Equal("journal_rolled_back", Codes());
        Assert.Contains("lost or rolled back", _said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesAnEmptyJournal_OfAGatewayThatHadBeenSetUp()
    {
        await StartOnceAsync();
        foreach (var file in Directory.GetFiles(Home.StateDirectory))
        {
            File.Delete(file);
        }

        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Equal("journal_rolled_back", Codes());
        Assert.Empty(Directory.GetFiles(Home.StateDirectory));
    }

    [Fact]
    public async Task StartsOverAStaleSocketAndALeftOverPid()
    {
        await StartOnceAsync();
        LeaveASocketBehind(Home.ControlSocket);
        File.WriteAllText(Home.LockFile, "999999999\n");

        await StartOnceAsync();
    }

    [Fact]
    public async Task NeverStealsALiveSocket_EvenIfItsLockFileWasRemoved()
    {
        await StartOnceAsync();
        using var alive = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        alive.Bind(new UnixDomainSocketEndPoint(Home.ControlSocket));
        alive.Listen();

        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Equal("lock_held", Codes());
        Assert.True(File.Exists(Home.ControlSocket));
    }

    [Fact]
    public async Task RefusesWhatIsNoSocket_InTheSocketsPlace()
    {
        await StartOnceAsync();
        File.WriteAllText(Home.ControlSocket, "");

        Assert.Equal(ExitCodes.Refused, await RunAsync());
        Assert.Equal("home_foreign", Codes());
    }

    [Fact]
    public async Task ShowsNoStackTrace_ToPeople()
    {
        _temporary.WriteConfig("{");
        await RunAsync(json: false);

        Assert.StartsWith("netclawd does not start: 1 problem.", _said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _said, StringComparison.Ordinal);
    }

    private async Task<int> RunAsync(string? home = null, string listen = "127.0.0.1:0", bool json = true) => await DaemonHost.RunAsync(
        new DaemonArguments { Home = home ?? Home.Root, Listen = IPEndPoint.Parse(listen), JsonErrors = json },
        null, CancellationToken.None, said => _said = said).WaitAsync(GatewayHost.Bound);

    /// <summary>A whole life: start, ready, stop.</summary>
    private async Task StartOnceAsync()
    {
        using var stop = new CancellationTokenSource();
        var running = DaemonHost.RunAsync(
            new DaemonArguments { Home = Home.Root, Listen = IPEndPoint.Parse("127.0.0.1:0") }, null, stop.Token, said => _said = said);
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (!File.Exists(Home.RunFile) && !running.IsCompleted)
        {
            await Task.Delay(5, bound.Token);
        }

        await stop.CancelAsync();
        Assert.True(await running.WaitAsync(GatewayHost.Bound) == ExitCodes.Ok, _said);
        AssertNothingIsLeft();
    }

    private void AssertNothingIsLeft()
    {
        Assert.False(File.Exists(Home.ControlSocket));
        Assert.False(File.Exists(Home.RunFile));
        Assert.Equal(0, new FileInfo(Home.LockFile).Length);
    }

    private string Codes() => string.Join(' ', JsonSerializer.Deserialize<JsonElement>(_said).EnumerateArray().Select(error => error.GetProperty("code").GetString()));

    private static void LeaveASocketBehind(string path)
    {
        // Closing a socket removes its path, so the path is moved away before: what a killed process leaves.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        File.Move(path, path + ".kept");
        socket.Close();
        File.Move(path + ".kept", path);
    }
}

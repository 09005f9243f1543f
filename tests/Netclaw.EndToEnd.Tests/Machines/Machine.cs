using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>One computer: a home of its own, and the command line used on it. Its daemon is gone when the test is.</summary>
internal sealed class Machine : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    public Machine()
    {
        Root = Directory.CreateTempSubdirectory("netclaw-e2e-").FullName;
        File.SetUnixFileMode(Root, OwnerOnly);
        Home = NetclawHome.At(Root, _ => null);
    }

    public string Root { get; }

    public NetclawHome Home { get; }

    /// <summary>The daemon's program; another one in crash tests.</summary>
    public string DaemonProgram { get; init; } = Executables.Daemon;

    /// <summary>Added to what every process here inherits.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public Task<Finished> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public async Task<Finished> RunAsync(string? input, string[] arguments)
    {
        await using var process = Start(input, arguments);
        return await process.FinishAsync();
    }

    public Running Start(string? input, params string[] arguments) => StartProgram(Executables.CommandLine, input, arguments);

    public Running StartProgram(string program, string? input, params string[] arguments) => StartProgram(program, input, [], arguments);

    /// <param name="environment">Of this process alone.</param>
    public Running StartProgram(string program, string? input, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Root };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("NETCLAW", StringComparison.Ordinal) || name == "NO_COLOR").ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NETCLAW_HOME"] = Root;
        start.Environment["NETCLAWD"] = DaemonProgram;
        foreach (var (name, value) in Variables.Concat(environment))
        {
            start.Environment[name] = value;
        }

        return new Running(start, input);
    }

    /// <summary>Runs, expects success, reads the object.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments) => (await RunAsync([.. arguments, "--json"])).Expect(ExitCodes.Ok).Json();

    /// <summary>Starts the daemon on a free port, or on the one it had.</summary>
    /// <returns>Its http address.</returns>
    public Task<string> UpAsync(int port = 0) => UpAsync(new IPEndPoint(IPAddress.Loopback, port));

    /// <param name="listen">Port 0 takes a free one.</param>
    /// <returns>Its http address.</returns>
    public async Task<string> UpAsync(IPEndPoint listen)
    {
        var up = await JsonAsync("up", "--no-code", "--listen", listen.ToString());
        return Url = up.GetProperty("endpoints")[0].GetString()!;
    }

    /// <summary>Where its daemon was last seen to listen.</summary>
    public IPEndPoint EndPoint => IPEndPoint.Parse(new Uri(Url).Authority);

    /// <summary>Where its daemon was last seen to listen.</summary>
    public string Url { get; private set; } = "";

    public int Port => new Uri(Url).Port;

    /// <summary>The pid in the lock file.</summary>
    public int DaemonPid => int.Parse(File.ReadAllText(Home.LockFile).Trim(), CultureInfo.InvariantCulture);

    /// <summary>As the kernel does it when memory runs out: no chance to say goodbye.</summary>
    public async Task KillDaemonAsync()
    {
        using var daemon = Process.GetProcessById(DaemonPid);
        daemon.Kill();
        await daemon.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Kills the daemon and starts it again on the same port.</summary>
    public async Task KillAndRestartAsync()
    {
        var port = Port;
        await KillDaemonAsync();
        await UpAsync(port);
    }

    /// <summary>A fresh pairing code of this machine's daemon.</summary>
    public async Task<string> CodeAsync(params string[] options) =>
        (await JsonAsync(["daemon", "pair", .. options])).GetProperty("code").GetString()!;

    /// <summary>Pairs this machine with another one by code.</summary>
    public async Task<JsonElement> PairWithAsync(Machine gateway, params string[] options) =>
        (await RunAsync(await gateway.CodeAsync() + "\n", ["pair", gateway.Url, "--code-stdin", "--json", .. options])).Expect(ExitCodes.Ok).Json();

    /// <summary>The key of this machine's only profile, as its pairing left it.</summary>
    public SigningKey PairedKey() =>
        Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(Path.Combine(Home.ClientDirectory, Profile().GetProperty("keyFile").GetString()!))).Key;

    /// <summary>A connection of this machine's only profile, held by the test.</summary>
    public async Task<GatewayConnection> ConnectAsync()
    {
        var profile = Profile();
        using var key = PairedKey();
        Assert.True(PublicKey.TryParse(profile.GetProperty("gatewayKey").GetString(), out var gateway));
        var connection = await GatewayConnection.OpenAsync(
            new GatewayEndpoint.Http(new Uri(profile.GetProperty("url").GetString()!)), new GatewayConnectionOptions { PinnedKeyHash = gateway.HashText }, default);
        Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(
            new ConnectRequest { Client = new ClientInfo { Id = "test", Version = "1", Platform = "test" }, Device = key }, default));
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await StopDaemonAsync(Home);
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>As <c>netclaw down --force</c> does it, without the start of a program for each test.</summary>
    /// <param name="home">In this machine's directory.</param>
    public async Task StopDaemonAsync(NetclawHome home)
    {
        if (!File.Exists(home.LockFile) || !int.TryParse((await File.ReadAllTextAsync(home.LockFile)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
        {
            return;
        }

        for (var (waited, signal) = (Stopwatch.StartNew(), Signal.Terminate); IsDaemonHere(pid); await Task.Delay(20))
        {
            Signal.SendUnlessGone(pid, signal);
            signal = waited.Elapsed > LongestEnd ? Signal.Kill : 0;
        }
    }

    /// <summary>The pid stays in the file when its process is gone, and may be another's by now.</summary>
    private bool IsDaemonHere(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal)
                && (File.ReadAllText($"/proc/{pid}/cmdline") + File.ReadAllText($"/proc/{pid}/environ")).Contains(Root, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private JsonElement Profile() => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Home.Profiles)).GetProperty("profiles")[0];
}

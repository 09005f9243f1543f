using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>netclawd as a process of its own, in the foreground, with variables of its own: what it exports and what it loads is its own too.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task _reading;

    private DaemonProcess(string? config, (string Name, string Value)[] variables)
    {
        if (config is not null)
        {
            _temporary.WriteConfig(config);
        }

        var start = new ProcessStartInfo(Executables.Daemon) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["run", "--home", Home.Root, "--listen", "127.0.0.1:0"])
        {
            start.ArgumentList.Add(argument);
        }

        string[] foreign = ["OTEL_", "NETCLAW", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
        foreach (var name in start.Environment.Keys.Where(name => foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    public NetclawHome Home => _temporary.Home;

    public int Pid => _process.Id;

    /// <summary>As its run file says.</summary>
    public IPEndPoint Address { get; private set; } = null!;

    public GatewayEndpoint Tcp => new GatewayEndpoint.Http(new Uri($"http://{Address}"));

    public EndPoint ControlSocket => new UnixDomainSocketEndPoint(Home.ControlSocket);

    /// <summary>Everything it wrote to standard error: its log.</summary>
    public string Log
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public static async Task<DaemonProcess> StartAsync(string? config = null, params (string Name, string Value)[] variables)
    {
        var daemon = new DaemonProcess(config, variables);
        await daemon.ReadyAsync();
        using var run = JsonDocument.Parse(await File.ReadAllTextAsync(daemon.Home.RunFile));
        daemon.Address = IPEndPoint.Parse(new Uri(run.RootElement.GetProperty("endpoints")[0].GetString()!).Authority);
        return daemon;
    }

    /// <summary>The local operator, over the control socket.</summary>
    public async Task<GatewayConnection> OperatorAsync()
    {
        var connection = await GatewayHost.OpenAsync(GatewayEndpoint.OfHome(Home));
        await connection.ConnectAsync(new ConnectRequest { Client = TestDevice.Client }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return connection;
    }

    /// <summary>Completes when its log holds the text.</summary>
    public async Task SaidAsync(string text)
    {
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(bound.IsCancellationRequested, $"\"{text}\" is not in:\n{Log}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>As a service manager stops it.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        var began = Stopwatch.GetTimestamp();
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
            await _reading.WaitAsync(GatewayHost.Bound);
        }

        Assert.Equal(0, _process.ExitCode);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>The assemblies that the process has mapped, by file name.</summary>
    public IReadOnlySet<string> Assemblies() => File.ReadLines($"/proc/{_process.Id}/maps")
        .Where(line => line.EndsWith(".dll", StringComparison.Ordinal)).Select(line => Path.GetFileName(line)).ToHashSet(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        }

        _process.Dispose();
        _temporary.Dispose();
    }

    /// <summary>The run file is the last thing before it serves, whatever its log's level.</summary>
    private async Task ReadyAsync()
    {
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (!File.Exists(Home.RunFile))
        {
            Assert.False(_process.HasExited, "the daemon ended before it was ready:\n" + Log);
            await Task.Delay(5, bound.Token);
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }

        }

    }
}

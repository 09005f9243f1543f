using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>One real daemon on a home of its own, killed and swept away at the end.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly bool _ownsHome;

    private DaemonProcess(Process process, NetclawHome home, TimeSpan readyAfter, RunFile run, bool ownsHome)
    {
        _process = process;
        Home = home;
        ReadyAfter = readyAfter;
        Run = run;
        _ownsHome = ownsHome;
    }

    public NetclawHome Home { get; }

    /// <summary>From exec to the first 200 of <c>/readyz</c> on the control socket.</summary>
    public TimeSpan ReadyAfter { get; }

    public RunFile Run { get; }

    public Uri Endpoint => new(Run.Endpoints[0]);

    public static NetclawHome NewHome() =>
        NetclawHome.At(Directory.CreateTempSubdirectory("netclaw-bench-").FullName, Environment.GetEnvironmentVariable);

    public static async Task<DaemonProcess> StartAsync(NetclawHome? home = null)
    {
        var root = home ?? NewHome();
        var start = new ProcessStartInfo(Published.Daemon)
        {
            ArgumentList = { "run", "--home", root.Root, "--listen", "127.0.0.1:0" },
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        while (!await IsReadyAsync(root))
        {
            if (process.HasExited || clock.Elapsed > StartBudget)
            {
                throw new InvalidOperationException($"netclawd did not become ready:\n{errors}");
            }

            await Task.Delay(1);
        }

        var ready = clock.Elapsed;
        var run = JsonSerializer.Deserialize(await File.ReadAllTextAsync(root.RunFile), LocalJson.Default.RunFile)!;
        return new DaemonProcess(process, root, ready, run, home is null);
    }

    /// <summary>Resident set in bytes, as the kernel counts it.</summary>
    public static long ResidentBytes(int pid) =>
        long.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;

    public long ResidentBytes() => ResidentBytes(_process.Id);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_ownsHome)
        {
            Directory.Delete(Home.Root, recursive: true);
        }
    }

    private static async Task<bool> IsReadyAsync(NetclawHome home)
    {
        if (!File.Exists(home.ControlSocket))
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(home.ControlSocket));
            await socket.SendAsync("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
            var head = new byte[64];
            var read = await socket.ReceiveAsync(head);
            return Encoding.ASCII.GetString(head, 0, read).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

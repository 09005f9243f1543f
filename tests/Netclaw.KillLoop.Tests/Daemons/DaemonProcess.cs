using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Daemons;

/// <summary>One life of a daemon, from its start to the kill.</summary>
internal sealed partial class DaemonProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const string ReadyEvent = " Daemon[2001] ";

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource _readyOrGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _meantToEnd;

    private DaemonProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    /// <summary>Somebody has decided to end it: from then on nothing that fails is its fault.</summary>
    public bool IsMeantToEnd => _meantToEnd;

    /// <summary>Completes when it says that it is ready, or ends. Knocking until it opens would take the time from the start that is knocked at.</summary>
    public Task ReadyOrGone => _readyOrGone.Task;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <param name="program">netclawd, or a build of it that is broken on purpose.</param>
    /// <param name="listen">Where TCP clients reach it, the same in every life.</param>
    public static DaemonProcess Start(string program, NetclawHome home, string listen)
    {
        var start = new ProcessStartInfo(program)
        {
            ArgumentList = { "run", "--home", home.Root, "--listen", listen, "--json-errors" },
            RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("NETCLAW", StringComparison.Ordinal) && name != "NETCLAW_SABOTAGE").ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_TieredPGO"] = "0"; // it does not live long enough to earn it
        var daemon = new DaemonProcess(Process.Start(start)!);
        daemon._process.OutputDataReceived += (_, line) => daemon.Hear(line.Data);
        daemon._process.ErrorDataReceived += (_, line) => daemon.Hear(line.Data);
        daemon._process.BeginOutputReadLine();
        daemon._process.BeginErrorReadLine();
        return daemon;
    }

    /// <summary>As the kernel does it when memory runs out: no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        _meantToEnd = true;
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(LongestEnd);
    }

    /// <summary>Asks it to stop, and does not wait for it.</summary>
    public void AskToStop()
    {
        _meantToEnd = true;
        _ = SendSignal(_process.Id, Terminate); // it may have ended by itself, which the kill will find
    }

    public BrokenPromiseException DiedByItself() => new(Promise.StartsAgain, $"the daemon ended by itself with exit code {_process.ExitCode}:\n{Said}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line is null || line.Contains(ReadyEvent, StringComparison.Ordinal))
        {
            _readyOrGone.TrySetResult();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}

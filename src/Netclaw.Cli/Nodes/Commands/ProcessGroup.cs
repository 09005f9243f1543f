using System.ComponentModel;
using System.Diagnostics;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>A program in a session of its own, with nothing to read: it and all it starts can be ended together, and none of them has a terminal.</summary>
internal sealed class ProcessGroup : IDisposable
{
    /// <summary>From SIGTERM to SIGKILL.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // Of util-linux or busybox; it becomes the program, so that the pid is the program's and the session's.
    private const string SetSid = "/usr/bin/setsid";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _leader;

    private ProcessGroup(Process leader) => _leader = leader;

    public Stream Output => _leader.StandardOutput.BaseStream;

    public Stream Errors => _leader.StandardError.BaseStream;

    /// <summary>Of the program, once it has ended; 128 and the signal's number when one ended it.</summary>
    public int ExitCode => _leader.ExitCode;

    /// <param name="program">An absolute path.</param>
    /// <param name="environment">All of it.</param>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static ProcessGroup Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string directory)
    {
        var start = new ProcessStartInfo(SetSid, [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var leader = Process.Start(start)!;
        leader.StandardInput.Close();
        return new ProcessGroup(leader);
    }

    /// <summary>The program itself; what it started may go on.</summary>
    public Task ExitedAsync() => _leader.WaitForExitAsync(CancellationToken.None);

    /// <summary>Asks the whole group to end, and after <see cref="Grace"/> ends it.</summary>
    public async Task EndAsync(TimeProvider time)
    {
        var started = time.GetTimestamp();
        Send(Signals.Terminate);
        while (Lives() && time.GetElapsedTime(started) < Grace)
        {
            await Task.Delay(Pause, time);
        }

        if (Lives())
        {
            Send(Signals.Kill);
        }
    }

    public void Dispose() => _leader.Dispose();

    private bool Lives() => Send(0);

    /// <summary>To the program alone while it has no group of its own yet. False: nobody is left.</summary>
    private bool Send(int signal)
    {
        try
        {
            return Signals.Send(-_leader.Id, signal) || (!_leader.HasExited && Signals.Send(_leader.Id, signal));
        }
        catch (UnauthorizedAccessException)
        {
            // All that is left of it became another user.
            return false;
        }
    }
}

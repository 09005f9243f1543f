using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Netclaw.Protocol.Processes;

/// <summary>A program in a session of its own, with nothing to read: it and all it starts can be ended together, and none of them has a terminal.</summary>
public sealed class ProcessGroup : IDisposable
{
    /// <summary>From SIGTERM to SIGKILL.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // Of util-linux or busybox; it becomes the program, so that the pid is the program's and the session's.
    private const string SetSid = "/usr/bin/setsid";

    // Of util-linux; it becomes the program too.
    private const string SetPriv = "/usr/bin/setpriv";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _leader;

    private ProcessGroup(Process leader) => _leader = leader;

    /// <summary>Of the program; the group and the session have the same number.</summary>
    public int Id => _leader.Id;

    /// <summary>What the program reads; closed already unless it was asked for.</summary>
    public Stream Input => _leader.StandardInput.BaseStream;

    public Stream Output => _leader.StandardOutput.BaseStream;

    public Stream Errors => _leader.StandardError.BaseStream;

    /// <summary>Of the program, once it has ended; 128 and the signal's number when one ended it.</summary>
    public int ExitCode => _leader.ExitCode;

    /// <param name="program">An absolute path.</param>
    /// <param name="environment">All of it.</param>
    /// <param name="withInput">It may be written to; otherwise it has nothing to read.</param>
    /// <param name="runAs">Another user: it gets that user's groups and can gain no more by itself. Only root may ask for it.</param>
    /// <exception cref="Win32Exception">The kernel refused.</exception>
    public static ProcessGroup Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string directory, bool withInput = false, (uint User, uint Group)? runAs = null)
    {
        var start = new ProcessStartInfo(SetSid, [.. runAs is var (user, group) ? As(user, group) : [], program, .. arguments])
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
        if (!withInput)
        {
            leader.StandardInput.Close();
        }

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

    private static string[] As(uint user, uint group) =>
    [
        SetPriv, string.Create(CultureInfo.InvariantCulture, $"--reuid={user}"), string.Create(CultureInfo.InvariantCulture, $"--regid={group}"), "--init-groups", "--no-new-privs",
        "--inh-caps=-all", "--bounding-set=-all", "--",
    ];

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

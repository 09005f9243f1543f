using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Netclaw.Daemon.Evidence;
using Netclaw.Protocol.Processes;

namespace Netclaw.Daemon.Spawning;

/// <summary>
/// The programs that daemons of a home have started and that live, whatever became of those daemons: every process that bears the home's mark, and what descends from one. Only these are ever sent a signal, each looked
/// at again, by a handle on it, right before.
/// </summary>
internal sealed class ChildFamily(ChildMark mark)
{
    /// <summary>The processes of this machine that are to be found at all are looked through this often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly ProcessTable _table = new();

    /// <summary>Of this moment. A process that descends from this one is of the family only by a mark of its own.</summary>
    public ImmutableArray<ChildProcess> Find()
    {
        var all = Pids().Select(pid => (Pid: pid, Stat: _table.Find(pid))).Where(each => each.Stat is not null).ToDictionary(each => each.Pid, each => each.Stat!.Value);
        var marked = all.Keys.Where(mark.IsOn).ToHashSet();
        return [.. marked.Count == 0 ? [] : all.Where(each => IsIn(each.Key)).Select(each => new ChildProcess(each.Key, each.Value.StartTime))];

        bool IsIn(int process)
        {
            for (var (depth, pid) = (0, process); depth < Descent.Deepest && pid > 1 && pid != Environment.ProcessId && all.TryGetValue(pid, out var stat); depth++)
            {
                if (marked.Contains(pid))
                {
                    return true;
                }

                // A parent that is younger than its child has another's pid.
                pid = all.TryGetValue(stat.Parent, out var parent) && parent.StartTime <= stat.StartTime ? stat.Parent : 0;
            }

            return false;
        }
    }

    /// <summary>With SIGKILL, until none is found.</summary>
    public ChildrenEnded End()
    {
        var (begun, ended) = (Stopwatch.GetTimestamp(), new HashSet<ChildProcess>());
        for (var found = Find(); found.Length > 0; found = Find())
        {
            if (Stopwatch.GetElapsedTime(begun) > Longest)
            {
                return new ChildrenEnded(ended.Count, found.Length);
            }

            ended.UnionWith(Send(found, Signals.Kill));
            _ = AreGone(found, TimeSpan.FromSeconds(1));
        }

        return new ChildrenEnded(ended.Count, 0);
    }

    /// <summary>Those who were asked to end already are left their time; others are asked now and left theirs; then <see cref="End"/>.</summary>
    public ChildrenEnded EndGently()
    {
        var found = Find();
        if (found.IsEmpty || (AreGone(found, ProcessGroup.Grace + (ProcessGroup.Grace / 4)) && Find().IsEmpty))
        {
            return default;
        }

        found = Find();
        Send(found, Signals.Terminate);
        _ = AreGone(found, ProcessGroup.Grace);
        return End();
    }

    private static IEnumerable<int> Pids() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 1 && pid != Environment.ProcessId);

    /// <returns>Those it was sent to.</returns>
    private List<ChildProcess> Send(ImmutableArray<ChildProcess> processes, int signal)
    {
        var sent = new List<ChildProcess>();
        foreach (var process in processes)
        {
            using var held = PidFd.OfProcess(process.Id);
            if (IsStill(process) && (held?.Send(signal) ?? SendByNumber(process.Id, signal)))
            {
                sent.Add(process);
            }
        }

        return sent;
    }

    private bool AreGone(ImmutableArray<ChildProcess> processes, TimeSpan within)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var process in processes)
        {
            using var held = PidFd.OfProcess(process.Id);
            while (IsStill(process) && held?.Lives != false)
            {
                var left = within - Stopwatch.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero)
                {
                    return false;
                }

                if (held is null)
                {
                    PidFd.Pause(Pause);
                }
                else
                {
                    held.Ends(left);
                }
            }
        }

        return true;
    }

    private bool IsStill(ChildProcess process) => _table.Find(process.Id)?.StartTime == process.StartTime;

    private static bool SendByNumber(int process, int signal)
    {
        try
        {
            return Signals.Send(process, signal);
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <param name="StartTime">Together with the number, one process for good.</param>
internal readonly record struct ChildProcess(int Id, ulong StartTime);

/// <param name="Ended">By force.</param>
/// <param name="Left">Are there all the same.</param>
public readonly record struct ChildrenEnded(int Ended, int Left);

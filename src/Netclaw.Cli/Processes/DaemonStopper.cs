using Netclaw.Cli.Failures;
using Netclaw.Protocol;
using Netclaw.Protocol.Processes;

namespace Netclaw.Cli.Processes;

/// <summary>Ends the daemon of a home: SIGTERM, its drain budget, and only if asked SIGKILL.</summary>
public sealed class DaemonStopper(NetclawHome home, TimeProvider time)
{
    /// <summary>On top of the configured drain: closing the journal, unlinking the socket, exiting.</summary>
    public static readonly TimeSpan ExitMargin = TimeSpan.FromSeconds(10);

    /// <summary>How long a daemon that is to be killed anyway gets to end by itself.</summary>
    public static readonly TimeSpan ForcedGrace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan KillBudget = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <returns>Whether it had to be killed.</returns>
    /// <exception cref="CommandFailure">daemon_stop_timeout, or the process is not ours.</exception>
    public async Task<bool> StopAsync(int pid, TimeSpan budget, bool force, CancellationToken cancellation)
    {
        Send(pid, Signals.Terminate);
        if (await GoneAsync(pid, budget, cancellation))
        {
            return false;
        }

        if (!force)
        {
            throw new CommandFailure(
                RefusalCode.DaemonStopTimeout, $"netclawd (pid {pid}) was asked to stop and still runs after {budget.TotalSeconds:0.#} s.");
        }

        Send(pid, Signals.Kill);
        return await GoneAsync(pid, KillBudget, cancellation)
            ? true
            : throw new CommandFailure(RefusalCode.DaemonStopTimeout, $"netclawd (pid {pid}) was killed and the kernel still lists it.", $"ps -fp {pid}");
    }

    private void Send(int pid, int signal)
    {
        try
        {
            Signals.Send(pid, signal);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandFailure(
                RefusalCode.HomeForeign, $"netclawd (pid {pid}) of {home.Root} belongs to another user: {e.Message}.", $"ps -fp {pid}");
        }
    }

    private async Task<bool> GoneAsync(int pid, TimeSpan budget, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (LockHolder.Find(home.LockFile) == pid)
        {
            if (time.GetElapsedTime(started) >= budget)
            {
                return false;
            }

            await Task.Delay(Pause, time, cancellation);
        }

        return true;
    }
}

using System.Diagnostics;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;
using Netclaw.Protocol.Processes;

namespace Netclaw.Cli.Processes;

/// <summary>Starts netclawd in the background and waits until it is ready, or relays everything that kept it from starting.</summary>
/// <param name="variables">Added to the inherited environment.</param>
public sealed class DaemonStarter(NetclawHome home, string executable, IReadOnlyDictionary<string, string> variables, TimeProvider time)
{
    public static readonly TimeSpan DefaultBudget = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <returns>The daemon's pid.</returns>
    /// <exception cref="CommandFailure">The daemon's own start problems, or daemon_start_failed.</exception>
    public Task<int> StartAsync(string? listen, TimeSpan budget, CancellationToken cancellation) =>
        StartAsync(listen is null ? [] : ["--listen", listen], budget, cancellation);

    /// <summary>One that is there to be connected to once: at a loopback port of its own, and gone by itself after a minute.</summary>
    /// <returns>The daemon's pid.</returns>
    /// <exception cref="CommandFailure">The daemon's own start problems, or daemon_start_failed.</exception>
    public Task<int> StartOnTrialAsync(TimeSpan budget, CancellationToken cancellation) => StartAsync(["--trial"], budget, cancellation);

    private async Task<int> StartAsync(IEnumerable<string> options, TimeSpan budget, CancellationToken cancellation)
    {
        using var process = DaemonExecutable.Start(executable, ["run", "--home", home.Root, "--detached", "--json-errors", .. options], variables, directory: "/");
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            return await WaitAsync(process, errors, budget, cancellation);
        }
        catch (OperationCanceledException)
        {
            if (!process.HasExited)
            {
                Signals.Send(process.Id, Signals.Terminate);
            }

            throw;
        }
    }

    private async Task<int> WaitAsync(Process process, Task<string> errors, TimeSpan budget, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var seen = "it has not opened its control socket";
        while (time.GetElapsedTime(started) < budget)
        {
            if (process.HasExited)
            {
                throw StartFailure.From(await errors, process.ExitCode, home);
            }

            switch (await ControlProbe.AskAsync(home.ControlSocket, cancellation))
            {
                case ProbeResult.Ready when LockHolder.Find(home.LockFile) == process.Id:
                    return process.Id;
                case ProbeResult.NotReady notReady:
                    seen = notReady.Seen;
                    break;
            }

            await Task.Delay(Pause, time, cancellation);
        }

        throw new CommandFailure(
            RefusalCode.DaemonStartFailed,
            $"netclawd (pid {process.Id}) runs but is not ready after {budget.TotalSeconds:0.#} s: {seen}.", "netclaw daemon status");
    }
}

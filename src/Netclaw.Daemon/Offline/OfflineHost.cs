using Microsoft.Win32.SafeHandles;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Locking;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>Runs one verb on one home, from its command line to its exit code. Nothing listens; only a verb that writes takes the lock.</summary>
internal static class OfflineHost
{
    public const string Word = "offline";

    private const int StandardInput = 0;
    private const int BufferBytes = 64 * 1024;

    /// <param name="arguments">What follows <c>offline</c>.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var input = Open(StandardInput, FileAccess.Read);
        using var output = new StandardOutput();
        try
        {
            // Never disposed: closing it would write again what nobody could take.
            var buffered = new BufferedStream(output, BufferBytes);
            return await RunAsync(arguments, Environment.GetEnvironmentVariable, MachineFacts.Current, input, buffered, StandardError.Write, cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return ExitCodes.Failed; // Whoever asked has gone.
        }
    }

    /// <param name="report">Gets the problems as a JSON array of <c>CallError</c>.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Func<string, string?> environment, MachineFacts machine, Stream input, Stream output, Action<string> report, CancellationToken cancellation)
    {
        var problems = new StartProblems();
        if (OfflineArguments.Parse(arguments, problems) is not { } parsed)
        {
            return Refuse(problems, report);
        }

        var home = parsed.Home is { } root ? NetclawHome.At(root, environment) : NetclawHome.Current(environment);
        var call = new OfflineCall(home, parsed.Options, environment, machine, input, output);
        using var held = parsed.Verb.Writes && HomeDirectories.Prepare(home, problems) ? DaemonLock.TryAcquire(home, problems) : null;
        if (held is not null && parsed.Verb.TakesOverAReset)
        {
            RestoreOrder.Resume(home, problems);
        }
        else if (held is not null)
        {
            Unfinished.Settle(home, problems);
        }

        if (problems.Any)
        {
            return Refuse(problems, report);
        }

        var code = await parsed.Verb.RunAsync(call, cancellation).ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
        return call.Problems.Any ? Refuse(call.Problems, report) : code;
    }

    private static int Refuse(StartProblems problems, Action<string> report)
    {
        report(StartReport.Render(problems, asJson: true));
        return problems.ExitCode;
    }

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 1);
}

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
        catch (AnswerLostException)
        {
            return ExitCodes.Failed; // Whoever asked has gone.
        }
    }

    /// <summary>Whatever happens on the way, there is an answer: a result, or problems.</summary>
    /// <param name="report">Gets the problems as a JSON array of <c>CallError</c>.</param>
    /// <exception cref="AnswerLostException">Nobody reads the answer.</exception>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, Func<string, string?> environment, MachineFacts machine, Stream input, Stream output, Action<string> report, CancellationToken cancellation)
    {
        var problems = new StartProblems();
        if (OfflineArguments.Parse(arguments, problems) is not { } parsed)
        {
            return Refuse(problems, report);
        }

        (NetclawHome? home, OfflineCall? call) = (null, null);
        try
        {
            home = parsed.Home is { } root ? NetclawHome.At(root, environment) : NetclawHome.Current(environment);
            call = new OfflineCall(home, parsed.Options, environment, machine, input, output);
            var code = await RunAsync(parsed.Verb, call, cancellation).ConfigureAwait(false);
            return call.Problems.Any ? Refuse(call.Problems, report) : code;
        }
        catch (Exception seen) when (seen is not AnswerLostException { NobodyReads: true } && !cancellation.IsCancellationRequested)
        {
            problems = call?.Problems ?? problems; // what was found before says more
            problems.Add(OfflineFailure.Of(parsed.Verb.Name, home, seen));
            return Refuse(problems, report);
        }
    }

    private static async Task<int> RunAsync(IOfflineVerb verb, OfflineCall call, CancellationToken cancellation)
    {
        using var held = verb.Writes && HomeDirectories.Prepare(call.Home, call.Problems) ? DaemonLock.TryAcquire(call.Home, call.Problems) : null;
        if (held is not null && verb.TakesOverAReset)
        {
            RestoreOrder.Resume(call.Home, call.Problems);
        }
        else if (held is not null)
        {
            Unfinished.Settle(call.Home, call.Problems);
        }

        if (call.Problems.Any)
        {
            return call.Problems.ExitCode;
        }

        var code = await verb.RunAsync(call, cancellation).ConfigureAwait(false);
        await call.Output.FlushAsync(cancellation).ConfigureAwait(false);
        return code;
    }

    private static int Refuse(StartProblems problems, Action<string> report)
    {
        report(StartReport.Render(problems, asJson: true));
        return problems.ExitCode;
    }

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 1);
}

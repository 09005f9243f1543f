using System.ComponentModel;
using Netclaw.Actors.Spawning;
using Netclaw.Daemon.Accounts;
using Netclaw.Protocol;
using Netclaw.Protocol.Processes;

namespace Netclaw.Daemon.Spawning;

/// <summary>Starts programs of this machine, each in a session of its own, and stays with them until they and all that holds their output are gone.</summary>
internal sealed class ChildPrograms(TimeProvider time, IAccounts accounts, Children children) : IChildPrograms
{
    public async Task<ChildEnd> RunAsync(ChildStart start, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Cancelled;
        }

        var directory = start.Directory ?? ChildEnvironment.Home;
        if (!Directory.Exists(directory))
        {
            return NotStarted($"there is no directory {directory}");
        }

        if (ProgramSearch.Find(start.Argv.FirstOrDefault() ?? "", directory, ChildEnvironment.SearchPath) is not { } program)
        {
            return NotStarted($"there is no program {(start.Argv.IsDefaultOrEmpty ? "" : start.Argv[0])} that may be executed");
        }

        var (other, problem) = Other(start.RunAs);
        if (problem is not null)
        {
            return NotStarted(problem);
        }

        try
        {
            using var group = children.Start(
                program, start.Argv.Skip(1), ChildEnvironment.With(Own(other).Concat(start.Environment)), directory, runAs: other is null ? null : (other.Id, other.Group));
            var outcome = await new RunWatch(group, time).RunAsync(start.Timeout, cancellation).ConfigureAwait(false);
            return new ChildEnd(outcome.ExitCode, outcome.TimedOut, Cancelled: false, outcome.Output, outcome.Errors, outcome.Error);
        }
        catch (Win32Exception e)
        {
            return NotStarted($"{program} could not be started: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
    }

    private static ChildEnd Cancelled => new(null, TimedOut: false, Cancelled: true, "", "", "It was cancelled, and ended with all that it had started.");

    private static ChildEnd NotStarted(string why) => new(null, TimedOut: false, Cancelled: false, "", "", why);

    /// <summary>Another user finds itself in these, not the daemon's.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Own(Account? other) =>
        other is null ? [] : [KeyValuePair.Create("HOME", other.Home), KeyValuePair.Create("USER", other.Name), KeyValuePair.Create("LOGNAME", other.Name)];

    private (Account? Other, string? Problem) Other(uint? user) => user switch
    {
        null => (null, null),
        { } same when same == UserId.Current => (null, null),
        _ when UserId.Current != 0 => (null, $"only a daemon that runs as root may start a program as another user (uid {user})"),
        { } other => accounts.Find(other) is { } account ? (account, null) : (null, $"this machine knows no user {other}"),
    };
}

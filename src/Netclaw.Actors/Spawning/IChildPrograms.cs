using System.Collections.Immutable;

namespace Netclaw.Actors.Spawning;

/// <summary>Runs programs in process groups of their own.</summary>
public interface IChildPrograms
{
    /// <summary>To its end. Never throws: a program that cannot be started is an end. On cancellation and after the timeout the whole group is asked to end, and ended 2 seconds later.</summary>
    Task<ChildEnd> RunAsync(ChildStart start, CancellationToken cancellation);
}

/// <param name="Argv">The program and its arguments; never a shell's line. A name without a slash is looked up in the daemon's PATH.</param>
/// <param name="Directory">Null: the home directory of whom the daemon runs as.</param>
/// <param name="Environment">Added to a filtered environment; secrets go in here and nowhere else.</param>
/// <param name="RunAs">Another user's id; null: the daemon's.</param>
public sealed record ChildStart(ImmutableArray<string> Argv, string? Directory, ImmutableDictionary<string, string> Environment, TimeSpan Timeout, uint? RunAs)
{
    /// <summary>Of either stream, half of it from either end; what lies between is counted and left out.</summary>
    public const int MostBytes = 256 * 1024;

    /// <summary>Without the environment, which may hold a credential.</summary>
    public override string ToString() => $"{Argv.FirstOrDefault()} in {Directory}";
}

/// <param name="ExitCode">128 and the signal's number when one ended it; null when it was never started or was ended from here.</param>
/// <param name="Problem">Why it did not start, or who ended it; null: it ended by itself.</param>
public sealed record ChildEnd(int? ExitCode, bool TimedOut, bool Cancelled, string Output, string Errors, string? Problem)
{
    public bool Succeeded => ExitCode == 0 && !TimedOut && !Cancelled;
}

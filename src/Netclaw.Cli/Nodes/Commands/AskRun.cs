namespace Netclaw.Cli.Nodes.Commands;

/// <summary>Asks people whether a program may run.</summary>
/// <exception cref="Refused">It may, and what it takes could not be done.</exception>
/// <exception cref="OperationCanceledException">The caller gave up; the question is taken back.</exception>
internal delegate Task<RunVerdict> AskRun(RunQuestion question, CancellationToken cancellation);

/// <summary>Exactly what would run.</summary>
/// <param name="Directory">Where, without links.</param>
/// <param name="Variables">What its caller adds to the usual ones.</param>
internal sealed record RunQuestion(ProgramPath Program, IReadOnlyList<string> Arguments, string Directory, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The program's path and its arguments.</summary>
    public IReadOnlyList<string> Command => [Program.Path, .. Arguments];
}

/// <param name="Why">Why not, to stand before the program's path.</param>
internal readonly record struct RunVerdict(bool IsAllowed, string Why)
{
    public static RunVerdict Yes => new(true, "");

    public static RunVerdict No(string why) => new(false, why);
}

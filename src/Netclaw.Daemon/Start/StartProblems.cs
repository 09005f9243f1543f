using Netclaw.Protocol;

namespace Netclaw.Daemon.Start;

/// <summary>Everything that keeps the daemon from starting, in the order it was seen: all of it is reported, not just the first.</summary>
public sealed class StartProblems
{
    private readonly List<StartProblem> _found = [];

    public IReadOnlyList<StartProblem> Found => _found;

    public bool Any => _found.Count > 0;

    /// <summary>The first problem decides; success without one.</summary>
    public int ExitCode => Any ? RefusalTable.For(_found[0].Code).ExitCode : ExitCodes.Ok;

    public void Add(StartProblem problem) => _found.Add(problem);

    public void Add(RefusalCode code, string message, string? remedy = null) => _found.Add(new StartProblem(code, message, remedy));
}

namespace Netclaw.Actors.Agents;

/// <summary>Which of an agent's calls people are asked about first.</summary>
public enum ApprovalRule
{
    /// <summary>Those that run a program: <c>node_invoke</c>, and <c>sessions_spawn</c> of a command.</summary>
    Commands,

    /// <summary>Every call.</summary>
    Always,

    /// <summary>None. What whoever asked may not do is refused all the same.</summary>
    Never,
}

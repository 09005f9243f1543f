using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>What happened to runs, as it is stored. Closed; names and shapes are <see cref="RunCodec"/>'s, fields are only ever added.</summary>
public abstract record RunEvent(DateTimeOffset At, RunId Run)
{
    /// <summary>It waits for its turn.</summary>
    public sealed record Accepted(DateTimeOffset At, RunId Run, RunPlan Plan) : RunEvent(At, Run);

    /// <summary>From here on it may have done anything: it is never started again.</summary>
    public sealed record Started(DateTimeOffset At, RunId Run) : RunEvent(At, Run);

    public sealed record Ended(DateTimeOffset At, RunId Run, RunEnd End) : RunEvent(At, Run);

    /// <summary>The conversation that is to know has been told.</summary>
    public sealed record Announced(DateTimeOffset At, RunId Run) : RunEvent(At, Run);

    /// <summary>Its own conversation, which was not to be kept, is gone.</summary>
    public sealed record Tidied(DateTimeOffset At, RunId Run) : RunEvent(At, Run);
}

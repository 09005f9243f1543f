using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Somebody has been refused, for real, and was told this.</summary>
internal sealed record Provoked(Stage Stage, CallError Error)
{
    /// <summary>Whoever was refused; somebody at a computer of their own unless it matters.</summary>
    public Person? Who { get; init; }

    /// <summary>What the person does with what the command showed, where it shows rather than mends.</summary>
    public Func<Task>? MendAsync { get; init; }
}

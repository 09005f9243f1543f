using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Cli.Failures;

/// <summary>One thing that was tried and what came of it.</summary>
public sealed record Attempt(string What, string Seen);

/// <summary>Ends a command: what a person is told instead of its result. Never carries a secret.</summary>
public sealed class CommandFailure(CallError error) : Exception(error.Message)
{
    public CommandFailure(RefusalCode code, string message, string? remedy = null)
        : this(RefusalTable.Error(code, message, remedy))
    {
    }

    public CallError Error => error;

    /// <summary>In the order they were made.</summary>
    public ImmutableArray<Attempt> Tried { get; init; } = [];

    /// <summary>Where several things are wrong at once, each with its own code and way out.</summary>
    public ImmutableArray<CallError> Problems { get; init; } = [];

    public bool Is(RefusalCode code) => error.Code == RefusalTable.For(code).Name;

    /// <summary>A code that this version does not know (from a newer gateway) is an ordinary failure.</summary>
    public int ExitCode => RefusalTable.TryFind(error.Code, out var row) ? row.ExitCode : ExitCodes.Failed;
}

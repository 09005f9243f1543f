using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>What a run does. Closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Program), "program")]
[JsonDerivedType(typeof(Turn), "turn")]
public abstract record RunWork
{
    private RunWork()
    {
    }

    /// <summary>A program of this machine.</summary>
    /// <param name="Argv">Never a shell's line.</param>
    /// <param name="Directory">Null: the home directory of whom the daemon runs as.</param>
    public sealed record Program(ImmutableArray<string> Argv, string? Directory) : RunWork;

    /// <summary>An agent answers one task in a conversation of its own.</summary>
    /// <param name="Agent">Null: the default one.</param>
    /// <param name="External">It has to be an agent that is a program (<c>acp</c>).</param>
    public sealed record Turn(string? Agent, string Task, ConversationKey Child, bool External) : RunWork;
}

/// <summary>A run as it was asked for.</summary>
/// <param name="Announce">The conversation that is told of its end; null: none is.</param>
/// <param name="Parent">The run that started it and takes it along when it is cancelled; null: a client did.</param>
/// <param name="Depth">1 for what a client starts.</param>
/// <param name="TimeoutMs">From its start.</param>
/// <param name="Keep">Its conversation stays after the end was announced.</param>
/// <param name="Scopes">What it may do at this gateway; never more than who asked.</param>
/// <param name="Subject">Who asked, as audit records name them.</param>
public sealed record RunPlan(
    RunId Run, RunWork Work, string? Label, ConversationKey? Announce, RunId? Parent, int Depth, long TimeoutMs, bool Keep, ScopeSet Scopes, string Subject)
{
    /// <summary>Those with the same one share a limit.</summary>
    [JsonIgnore]
    public string Family => Parent?.ToString() ?? Announce?.ToString() ?? Subject;
}

/// <summary>How a run ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunVerdict>))]
public enum RunVerdict
{
    [JsonStringEnumMemberName("done")]
    Done,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("timed_out")]
    TimedOut,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>The daemon went down while it ran.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost,
}

/// <param name="ExitCode">Of a program; 128 and the signal's number when one ended it.</param>
/// <param name="Output">What it wrote or answered, shortened to <see cref="MostCharacters"/>, half of them from either end.</param>
/// <param name="Problem">For people; null: none.</param>
public sealed record RunEnd(RunVerdict Verdict, int? ExitCode, string Output, string? Problem)
{
    /// <summary>It goes into the journal and into a conversation: what is longer belongs into a file.</summary>
    public const int MostCharacters = 32 * 1024;

    public static RunEnd Lost { get; } = new(RunVerdict.Lost, null, "", "The daemon went down while it ran; what became of it is not known.");

    public static RunEnd CancelledBy(string subject) => new(RunVerdict.Cancelled, null, "", $"It was cancelled by {subject}.");
}

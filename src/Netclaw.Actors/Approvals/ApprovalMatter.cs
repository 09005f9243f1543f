using System.Collections.Immutable;

namespace Netclaw.Actors.Approvals;

/// <summary>What somebody wants to do, as operators judge it. Texts are as they were given; what is shown of them is made in <see cref="CommandText"/>.</summary>
/// <param name="Host">Where it would happen: <c>node</c>, <c>gateway</c> or <c>sandbox</c>.</param>
/// <param name="Command">The program's path and its arguments, whole: what is allowed is what was shown. Empty where <paramref name="Title"/> says it.</param>
/// <param name="Title">In words, for what is no command line; null: the command says it.</param>
public sealed record ApprovalMatter(string Host, ImmutableArray<string> Command, string? Title = null)
{
    public const string OnNode = "node";
    public const string OnGateway = "gateway";
    public const int MostArguments = 256;
    public const int MostVariables = 128;

    /// <summary>In characters, all texts together.</summary>
    public const int LongestText = 16 * 1024;

    /// <summary>Where the program lies; null: whoever asked did not say.</summary>
    public string? Program { get; init; }

    /// <summary>Where it would run; null: whoever asked did not say.</summary>
    public string? Directory { get; init; }

    /// <summary>Names of the variables that were added or changed.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>The node's id and its name.</summary>
    public (string Id, string? Name)? Node { get; init; }

    public string? Agent { get; init; }

    /// <summary>The conversation's key.</summary>
    public string? Conversation { get; init; }

    public string? Warning { get; init; }

    /// <summary>More to judge by, such as the arguments of a tool.</summary>
    public string? Details { get; init; }

    /// <summary>Nobody could keep to an allowance for ever.</summary>
    public bool OnceOnly { get; init; }

    /// <summary>A request that is cut short to be shown is one nobody has seen: it is not taken at all.</summary>
    public bool IsReadable => (Command.IsDefaultOrEmpty ? !string.IsNullOrWhiteSpace(Title) : Command[0].Length > 0)
        && Command is { IsDefault: false, Length: <= MostArguments } && Variables is { IsDefault: false, Length: <= MostVariables }
        && Texts().Sum(text => (long)(text?.Length ?? 0)) <= LongestText;

    private IEnumerable<string?> Texts() => [.. Command, .. Variables, Title, Program, Directory, Node?.Id, Node?.Name, Agent, Conversation, Warning, Details];
}

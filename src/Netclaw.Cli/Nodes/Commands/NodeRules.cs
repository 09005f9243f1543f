using System.Collections.Immutable;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>What the owner of this machine lends of it. Whatever stands nowhere is not lent, unless an operator who is asked lends it.</summary>
/// <param name="Roots">Absolute directories: listings are of these and below, and so, where there are any, are working directories.</param>
/// <param name="Deny">Goes before <paramref name="Allow"/> and before every question.</param>
/// <param name="SearchPath">Where plain names are looked for, the same in the rules as in calls: directories, parted by colons.</param>
internal sealed record NodeRules(ImmutableArray<string> Roots, ImmutableArray<ProgramRule> Allow, ImmutableArray<ProgramRule> Deny, string SearchPath)
{
    public const string FileName = "node.json";

    /// <summary>Whether operators of the gateway are asked about programs that stand nowhere.</summary>
    public bool Ask { get; init; } = true;

    public static NodeRules Nothing(string searchPath) => new([], [], [], searchPath);

    public bool Denies(ProgramPath program, IReadOnlyList<string> arguments) => Deny.Any(rule => rule.Denies(program, arguments));

    public bool Allows(ProgramPath program, IReadOnlyList<string> arguments) =>
        !Denies(program, arguments) && Allow.Any(rule => rule.Allows(program, arguments));
}

using System.Collections.Immutable;

namespace Netclaw.Protocol;

/// <summary>What a node offers (gateway-protocol.md 2.2). An offer is no grant: an operator approves it, and the command policy has the last word.</summary>
/// <param name="Caps">Categories, such as <c>system</c>; at most <see cref="MostCaps"/>. For people.</param>
/// <param name="Commands">Names of commands, such as <c>system.run</c>; at most <see cref="MostCommands"/>.</param>
public sealed record NodeSurface(ImmutableArray<string> Caps, ImmutableArray<string> Commands)
{
    public const int MostCaps = 64;
    public const int MostCommands = 256;
    public const int LongestName = 128;
    public const int LongestPath = 32 * 1024;

    /// <summary>What the node's own system lets it do; told on, never asked.</summary>
    public ImmutableDictionary<string, bool>? Permissions { get; init; }

    /// <summary>Where the node looks for programs.</summary>
    public string? PathEnv { get; init; }

    /// <summary>What is wrong with it, for a person; null: nothing.</summary>
    public string? Problem() => this switch
    {
        { Caps.IsDefault: true } or { Commands.IsDefault: true } => "caps and commands must be lists",
        { Caps.Length: > MostCaps } => $"a node names at most {MostCaps} capabilities",
        { Commands.Length: > MostCommands } => $"a node offers at most {MostCommands} commands",
        { PathEnv.Length: > LongestPath } => $"pathEnv has at most {LongestPath} characters",
        { Permissions.Count: > MostCaps } => $"a node names at most {MostCaps} permissions",
        _ when !Caps.Concat(Commands).Concat(Permissions?.Keys ?? []).All(IsName) => $"names of capabilities, commands and permissions have 1 to {LongestName} printable characters without spaces",
        _ => null,
    };

    private static bool IsName(string? text) => text is { Length: > 0 and <= LongestName } && text.All(symbol => symbol is > ' ' and < '\x7f');
}

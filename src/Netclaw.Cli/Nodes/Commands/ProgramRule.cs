using System.Collections.Immutable;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>One line of <c>allow</c> or <c>deny</c>: a program, and the arguments that a call of it begins with.</summary>
/// <param name="Program">As it is written: an absolute path, or a plain name.</param>
/// <param name="Found">Where that was when the rules were read; null when it was nowhere, and then the line allows nothing.</param>
internal sealed record ProgramRule(string Program, ImmutableArray<string> Arguments, ProgramPath? Found)
{
    /// <summary>Nothing may stand behind the arguments.</summary>
    public bool Exactly { get; init; }

    /// <summary>By its path alone: another name that leads to the same file is another program.</summary>
    public bool Allows(ProgramPath program, IReadOnlyList<string> arguments) => Found?.Path == program.Path && Begins(arguments);

    /// <summary>By every name on the way to the file, so that a link does not lead around it; a plain name denies that name anywhere.</summary>
    public bool Denies(ProgramPath program, IReadOnlyList<string> arguments) => Begins(arguments)
        && (program.Links.Contains(Program) || (Found is not null && (program.Links.Contains(Found.Path) || Found.Links[^1] == program.Path))
            || (!Program.Contains('/') && program.Links.Any(link => Path.GetFileName(link) == Program)));

    private bool Begins(IReadOnlyList<string> arguments) => (!Exactly || arguments.Count == Arguments.Length) && arguments.Take(Arguments.Length).SequenceEqual(Arguments, StringComparer.Ordinal);
}

using System.Collections.Immutable;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Of an agent with runtime <c>acp</c>: a program that speaks the Agent Client Protocol on its standard streams.</summary>
public sealed class ProgramOptions
{
    /// <summary>The program and its arguments; never a shell's line. No default.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Where it works. Default the first of <see cref="Roots"/>, or else the home directory of whom the daemon runs as.</summary>
    public string? Directory { get; init; }

    /// <summary>Directories whose files the gateway reads for it on request. Default none: it asks in vain. What its user may read, it can read by itself.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];

    /// <summary>Whether the gateway also writes files for it there. Default false.</summary>
    public bool MayWrite { get; init; }

    /// <summary>Variables of the daemon's environment that it gets, beside PATH, HOME and the like. Default none.</summary>
    public ImmutableArray<string> Environment { get; init; } = [];

    /// <summary>Keys of this runtime that stand in the file.</summary>
    internal ImmutableArray<string> Given { get; init; } = [];

    internal static ProgramOptions Read(ConfigSection section) => new()
    {
        Command = section.Read("command", [], Forms.Arguments, "The program and its arguments, as a list; acp."),
        Directory = section.Optional("cwd", Forms.FullPath, "Where the program works; acp.", "the first of roots, or the home directory of the daemon's user"),
        Roots = section.Read("roots", [], new ListForm<string>(Forms.FullPath), "Directories whose files the gateway reads for the program on request; acp."),
        MayWrite = section.Read("mayWrite", false, FlagForm.Any, "Whether the gateway also writes files for it there; acp."),
        Environment = section.Read("environment", [], new ListForm<string>(Forms.Variable), "Variables of the daemon's environment that the program gets, beside PATH, HOME and the like; acp."),
        Given = section.GivenOf("command", "cwd", "roots", "mayWrite", "environment"),
    };
}

/// <param name="agent">The key of the agent's entry.</param>
public sealed class ProgramOptionsValidator(string agent) : ConfigValidator<ProgramOptions>
{
    public override IEnumerable<ConfigProblem> Check(ProgramOptions options)
    {
        if (options.Command.IsEmpty || string.IsNullOrWhiteSpace(options.Command[0]))
        {
            yield return new ConfigProblem($"{agent}.command", null, "Nothing says which program it is.", "Write the program and its arguments as a list, for example [\"npx\", \"-y\", \"some-agent\", \"--acp\"].");
        }

        if (options is { MayWrite: true, Roots.IsEmpty: true })
        {
            yield return new ConfigProblem($"{agent}.mayWrite", "true", "There are no roots that it could write to.", "Write roots, or remove it.");
        }
    }
}

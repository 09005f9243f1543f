using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>How an agent is run.</summary>
public enum AgentKind
{
    /// <summary>A program that speaks the Agent Client Protocol on its standard streams.</summary>
    Acp,

    /// <summary>A model behind an endpoint that speaks OpenAI's chat completions.</summary>
    OpenAi,
}

/// <summary>One entry of section <c>agents</c>.</summary>
public sealed class AgentOptions
{
    internal const int MaxToolRoundsDefault = 8;
    internal const int MaxAnswerCharactersDefault = 400_000;
    internal const int MaxAttemptsDefault = 4;

    internal static readonly IntegerRange ToolRounds = new(0, 64, "rounds");
    internal static readonly IntegerRange AnswerCharacters = new(1_000, 4_000_000, "characters");
    internal static readonly IntegerRange Attempts = new(1, 10, "attempts");

    private static readonly ImmutableArray<(string, AgentKind?)> Kinds = [("acp", AgentKind.Acp), ("openai", AgentKind.OpenAi)];
    private static readonly ImmutableArray<(string, ApprovalRule)> Rules = [("commands", ApprovalRule.Commands), ("always", ApprovalRule.Always), ("never", ApprovalRule.Never)];
    private static readonly ValueForm<ImmutableArray<string>> ToolList = new ListForm<string>(new ChoiceForm<string>("There is no such tool.", [.. ToolNames.All.Select(name => (name, name))]));

    /// <summary>The key of its entry; part of the names of its conversations. No default.</summary>
    public string Id { get; init; } = "";

    /// <summary>Has to be said; null: it is not.</summary>
    public AgentKind? Runtime { get; init; }

    /// <summary>What people see. Default its id.</summary>
    public string? Name { get; init; }

    /// <summary>What it may call. Default all tools; whoever asks it lends it no more than they may do themselves.</summary>
    public ImmutableArray<string> Tools { get; init; } = ToolNames.All;

    /// <summary>Which of its calls people approve first. Default those that run a program; <c>never</c> leaves a program's words to decide what runs where.</summary>
    public ApprovalRule Approve { get; init; }

    /// <summary>How often an answer may go on after calls of tools. Default 8 rounds; 0 offers no tools, too many let a confused model burn tokens.</summary>
    public int MaxToolRounds { get; init; } = MaxToolRoundsDefault;

    /// <summary>What of one answer is kept, in characters. Default 400 000; the answer ends there.</summary>
    public int MaxAnswerCharacters { get; init; } = MaxAnswerCharactersDefault;

    /// <summary>Of a model. Default none.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>Of a program. Default none.</summary>
    public ProgramOptions Program { get; init; } = new();

    internal string Key => $"agents.{Id}";

    internal static AgentOptions Read(string id, ConfigSection section)
    {
        var options = new AgentOptions
        {
            Id = id,
            Runtime = section.Read("runtime", null, new ChoiceForm<AgentKind?>("There is no such runtime.", Kinds), "How it is run: a program that speaks the Agent Client Protocol, or a model behind an OpenAI-compatible endpoint.", "none; it has to be said"),
            Name = section.Optional("name", Forms.Label, "What people see.", "its name here"),
            Tools = section.Read("tools", ToolNames.All, ToolList, "What it may call; it never may more than whoever asks it."),
            Approve = section.Read("approve", ApprovalRule.Commands, new ChoiceForm<ApprovalRule>("There is no such rule.", Rules), "Which of its calls people approve first: those that run a program (node_invoke, and sessions_spawn of a command), all, or none."),
            MaxToolRounds = section.Read("maxToolRounds", MaxToolRoundsDefault, new IntegerForm(ToolRounds), "How often one answer may go on after calls of tools; openai."),
            MaxAnswerCharacters = section.Read("maxAnswerCharacters", MaxAnswerCharactersDefault, new IntegerForm(AnswerCharacters), "Where an answer is cut."),
            Model = ModelOptions.Read(section),
            Program = ProgramOptions.Read(section),
        };
        section.Forbid("key", "A key of a provider does not belong into this file.", "Write it into a file of mode 0600 and name that in keyFile, or name an environment variable in keyEnvironment.");
        section.Forbid("apiKey", "A key of a provider does not belong into this file.", "Write it into a file of mode 0600 and name that in keyFile, or name an environment variable in keyEnvironment.");
        section.RejectUnknown();
        return options;
    }
}

public sealed class AgentOptionsValidator : ConfigValidator<AgentOptions>
{
    public override IEnumerable<ConfigProblem> Check(AgentOptions options)
    {
        var ranges = OutOfRange(
        [
            ($"{options.Key}.maxToolRounds", options.MaxToolRounds, AgentOptions.ToolRounds),
            ($"{options.Key}.maxAnswerCharacters", options.MaxAnswerCharacters, AgentOptions.AnswerCharacters),
        ]);
        return options.Runtime switch
        {
            AgentKind.OpenAi => [.. ranges, .. new ModelOptionsValidator(options.Key).Check(options.Model), .. Idle(options, "openai", options.Program.Given)],
            AgentKind.Acp => [.. ranges, .. new ProgramOptionsValidator(options.Key).Check(options.Program), .. Idle(options, "acp", options.Model.Given)],
            _ => [.. ranges, new ConfigProblem($"{options.Key}.runtime", null, "Nothing says how this agent is run.", "Write \"openai\" with baseUrl and model, or \"acp\" with command.")],
        };
    }

    /// <summary>Keys of the other runtime: whoever wrote them meant something by them.</summary>
    private static IEnumerable<ConfigProblem> Idle(AgentOptions options, string runtime, ImmutableArray<string> given) =>
        given.Select(key => new ConfigProblem($"{options.Key}.{key}", null, $"This does nothing with runtime \"{runtime}\".", "Remove it, or write the other runtime."));
}

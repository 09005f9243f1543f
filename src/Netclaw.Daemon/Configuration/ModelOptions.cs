using System.Collections.Immutable;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Of an agent with runtime <c>openai</c>: a model behind an endpoint that speaks OpenAI's chat completions.</summary>
public sealed class ModelOptions
{
    /// <summary>Up to and without <c>/chat/completions</c>; <c>http://127.0.0.1:11434/v1</c>. No default.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>As the provider calls it. No default.</summary>
    public string? Name { get; init; }

    /// <summary>File of mode 0600 with the provider's key, relative to the home; read for every answer. Default none: no key is sent.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Variable of the daemon's environment with the provider's key. Default none.</summary>
    public string? KeyEnvironment { get; init; }

    /// <summary>What the model is told before everything else. Default nothing.</summary>
    public string? System { get; init; }

    /// <summary>File with what the model is told before everything else, relative to the home; read for every answer. Default none.</summary>
    public string? SystemFile { get; init; }

    /// <summary>Requests for one answer while the endpoint is busy or not there, before its first word. Default 4; one gives up at once.</summary>
    public int MaxAttempts { get; init; } = AgentOptions.MaxAttemptsDefault;

    /// <summary>Keys of this runtime that stand in the file.</summary>
    internal ImmutableArray<string> Given { get; init; } = [];

    internal static ModelOptions Read(ConfigSection section) => new()
    {
        BaseUrl = section.Optional("baseUrl", Forms.HttpUrl, "Where the model is: the url without /chat/completions; openai."),
        Name = section.Optional("model", Forms.Label, "The model, as its provider calls it; openai."),
        KeyFile = section.Optional("keyFile", Forms.FilePath, "File of mode 0600 that holds the provider's key; openai.", "no key is sent"),
        KeyEnvironment = section.Optional("keyEnvironment", Forms.Variable, "Variable of the daemon's environment that holds the provider's key; openai."),
        System = section.Optional("system", TextForm.Any, "What the model is told before everything else; openai."),
        SystemFile = section.Optional("systemFile", Forms.FilePath, "File with what the model is told before everything else; openai."),
        MaxAttempts = section.Read("maxAttempts", AgentOptions.MaxAttemptsDefault, new IntegerForm(AgentOptions.Attempts), "Requests for one answer while the endpoint is busy or not there; openai."),
        Given = section.GivenOf("baseUrl", "model", "keyFile", "keyEnvironment", "system", "systemFile", "maxAttempts"),
    };
}

/// <param name="agent">The key of the agent's entry.</param>
public sealed class ModelOptionsValidator(string agent) : ConfigValidator<ModelOptions>
{
    private const int LongestSystem = 100_000;

    public override IEnumerable<ConfigProblem> Check(ModelOptions options)
    {
        if (options.BaseUrl is null)
        {
            yield return new ConfigProblem($"{agent}.baseUrl", null, "Nothing says where the model is.", "Write for example \"http://127.0.0.1:11434/v1\".");
        }

        if (options.Name is null)
        {
            yield return new ConfigProblem($"{agent}.model", null, "Nothing says which model is asked.", "Write its name as the provider spells it.");
        }

        if (options is { KeyFile: not null, KeyEnvironment: not null })
        {
            yield return new ConfigProblem($"{agent}.keyEnvironment", options.KeyEnvironment, "There is a keyFile as well.", "Keep one of them.");
        }

        if (options is { System: not null, SystemFile: not null })
        {
            yield return new ConfigProblem($"{agent}.system", null, "There is a systemFile as well.", "Keep one of them.");
        }

        if (options.System is { Length: > LongestSystem } text)
        {
            yield return new ConfigProblem($"{agent}.system", null, $"This has {text.Length} characters.", $"Write {LongestSystem} at most.");
        }

        foreach (var problem in OutOfRange([($"{agent}.maxAttempts", options.MaxAttempts, AgentOptions.Attempts)]))
        {
            yield return problem;
        }
    }
}

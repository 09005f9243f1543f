using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>agents</c>: what answers prompts.</summary>
public sealed class AgentsOptions
{
    /// <summary>In the order of the file; the first is the default agent. Default none: prompts are refused and everything else works.</summary>
    public ImmutableArray<AgentOptions> All { get; init; } = [];

    internal static AgentsOptions Read(ConfigSection section)
    {
        var all = section.Entries("One agent.", AgentOptions.Read);
        section.RejectUnknown();
        return new AgentsOptions { All = all };
    }
}

public sealed partial class AgentsOptionsValidator : ConfigValidator<AgentsOptions>
{
    private const int Most = 64;

    public override IEnumerable<ConfigProblem> Check(AgentsOptions options)
    {
        if (options.All.Length > Most)
        {
            yield return new ConfigProblem("agents", $"{options.All.Length}", "These are more agents than one gateway has.", $"Keep {Most} at most.");
        }

        foreach (var agent in options.All)
        {
            if (!Id().IsMatch(agent.Id))
            {
                yield return new ConfigProblem("agents", agent.Id, "This is no name of an agent; it becomes part of the names of conversations.", "Write 1 to 40 lower case letters, digits, - and _.");
            }

            foreach (var problem in new AgentOptionsValidator().Check(agent))
            {
                yield return problem;
            }
        }
    }

    [GeneratedRegex("^[a-z0-9_-]{1,40}\\z", RegexOptions.None, 1000)]
    private static partial Regex Id();
}

using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Secrets;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>Where a provider's key is kept. Read anew for every answer, so that a replaced one counts at once; held no longer.</summary>
internal sealed class ProviderKey(NetclawHome home, ModelOptions options, Func<string, string?> environment)
{
    /// <returns>Null without a problem where none is configured.</returns>
    public Secret? Read(out string? wrong)
    {
        wrong = null;
        if (options.KeyFile is { } file)
        {
            var secret = SecretFile.Open(Path.GetFullPath(file, home.Root), isToken: false, out var problem);
            wrong = secret is null ? problem : null;
            return secret;
        }

        if (options.KeyEnvironment is not { } variable)
        {
            return null;
        }

        var text = environment(variable);
        if (string.IsNullOrEmpty(text))
        {
            wrong = $"the variable {variable} is not set";
            return null;
        }

        var read = SecretText.Read(text, out var form);
        wrong = read is null ? $"what is in the variable {variable} {form}" : null;
        return read;
    }

    /// <summary>What a start needs: a key that is named has to be there.</summary>
    public static void Check(NetclawHome home, AgentsOptions agents, Func<string, string?> environment, StartProblems problems)
    {
        foreach (var agent in agents.All.Where(agent => agent.Runtime == AgentKind.OpenAi))
        {
            if (new ProviderKey(home, agent.Model, environment).Read(out var wrong) is null && wrong is not null)
            {
                var key = agent.Model.KeyFile is null ? "keyEnvironment" : "keyFile";
                problems.Add(new StartProblem(
                    RefusalCode.ConfigInvalid, $"{char.ToUpperInvariant(wrong[0])}{wrong[1..]}. Put the provider's key there, as one line, in a file of mode 0600 or in the daemon's environment.",
                    Key: $"{agent.Key}.{key}", Value: agent.Model.KeyFile ?? agent.Model.KeyEnvironment));
            }
        }
    }
}

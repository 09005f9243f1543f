using System.Collections.Immutable;
using System.Net;

namespace Netclaw.Daemon.Configuration;

/// <summary>Agents whose secrets go further than somebody may think.</summary>
internal static class AgentWarnings
{
    public static ImmutableArray<WarningRule> Rules { get; } =
    [
        new("agent_key_plain", "agents.*.baseUrl", "a provider's key, and a `baseUrl` of plain http elsewhere than on this machine", options =>
            from agent in options.Agents.All
            where agent.Model is { BaseUrl.Scheme: "http" } and not { KeyFile: null, KeyEnvironment: null } && !IsHere(agent.Model.BaseUrl!)
            select new Finding(agent.Model.BaseUrl!.ToString(), $"The key of the agent {agent.Id} can be read on its way.", "Write an https url, or ask the model without a key.")),
    ];

    private static bool IsHere(Uri url) => url.Host == "localhost" || (IPAddress.TryParse(url.IdnHost, out var address) && IPAddress.IsLoopback(address));
}

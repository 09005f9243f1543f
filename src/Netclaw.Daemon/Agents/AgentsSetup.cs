using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Daemon.Agents.Acp;
using Netclaw.Daemon.Agents.OpenAi;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents;

/// <summary>Makes the agents that netclaw.json names.</summary>
internal static class AgentsSetup
{
    public static IServiceCollection AddAgents(this IServiceCollection services, NetclawHome home, AgentsOptions options)
    {
        if (!options.All.IsEmpty)
        {
            services.AddSingleton<IAgents>(provider => new ConfiguredAgents(options, agent => Runtime(provider, home, agent)));
        }

        return services;
    }

    private static IAgentRuntime Runtime(IServiceProvider provider, NetclawHome home, AgentOptions agent)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var log = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Netclaw.Agents");
        return agent.Runtime switch
        {
            AgentKind.OpenAi => new OpenAiRuntime(agent, home, Environment.GetEnvironmentVariable, time, log),
            AgentKind.Acp => new AcpRuntime(
                agent, $"unix:{home.ControlSocket}", provider.GetRequiredService<Children>(), ToolServer.Of(provider.GetRequiredService<ToolLoans>(), $"unix:{home.ControlSocket}"),
                Environment.GetEnvironmentVariable, time, log),
            _ => throw new ArgumentOutOfRangeException(nameof(agent), agent.Runtime, "no such runtime"),
        };
    }
}

using Microsoft.Extensions.Logging;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>
/// An agent that is a model behind an endpoint of OpenAI's chat completions. Nothing here names the client library, so that a daemon whose models nobody asks never loads it.
/// </summary>
internal sealed class OpenAiRuntime(AgentOptions agent, NetclawHome home, Func<string, string?> environment, TimeProvider time, ILogger log) : IAgentRuntime, IDisposable
{
    private readonly Lazy<SocketsHttpHandler> _connections = new(ModelHttp.Connections);
    private readonly ProviderKey _key = new(home, agent.Model, environment);

    public Task<AgentOutcome> RunAsync(AgentTurn turn, IAgentSink sink, CancellationToken cancellation)
    {
        var answer = new AnswerText(sink, agent.MaxAnswerCharacters);
        return new TurnGuard(agent.Id, time, log).RunAsync(turn, answer, token => AskAsync(turn, sink, answer, token), cancellation);
    }

    public void Dispose()
    {
        if (_connections.IsValueCreated)
        {
            _connections.Value.Dispose();
        }
    }

    private async Task<AgentOutcome> AskAsync(AgentTurn turn, IAgentSink sink, AnswerText answer, CancellationToken cancellation)
    {
        var key = _key.Read(out var wrong);
        if (wrong is not null)
        {
            throw new AgentFailure(RefusalCode.AgentUnavailable, $"The agent {agent.Id} has no key for its provider: {wrong}.");
        }

        var system = SystemText.Of(home, agent);
        using var http = ModelHttp.Client(_connections.Value, key);
        return await new ModelTurn(agent, turn, sink, answer, new ModelCall(agent.Model, http, key, time), time, log).RunAsync(system, cancellation);
    }
}

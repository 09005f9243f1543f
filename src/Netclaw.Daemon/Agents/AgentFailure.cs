using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents;

/// <summary>An agent did not do what it should; ends its turn.</summary>
/// <param name="message">For people: what was tried, what was seen. No secrets.</param>
internal sealed class AgentFailure(RefusalCode code, string message) : Exception(message)
{
    public RefusalCode Code { get; } = code;
}

using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;

namespace Netclaw.Actors.Agents;

/// <summary>What answers prompts: a program or a model, behind one interface.</summary>
public interface IAgentRuntime
{
    /// <summary>One turn, to its end. Never throws: a program that fails is an outcome.</summary>
    /// <param name="sink">Told what comes, in order, from any thread.</param>
    /// <param name="cancellation">The turn is not wanted any more: it ends soon, as <see cref="AgentOutcome.Cancelled"/>.</param>
    Task<AgentOutcome> RunAsync(AgentTurn turn, IAgentSink sink, CancellationToken cancellation);
}

/// <summary>The agents that the configuration names.</summary>
public interface IAgents
{
    /// <summary>In the order of the configuration; the first is the default one. Empty: none is configured.</summary>
    ImmutableArray<AgentDescription> All { get; }

    /// <summary>Null: there is no agent of this id.</summary>
    IAgentRuntime? Find(string id);
}

/// <param name="Id">Lower case letters, digits, <c>-</c>, <c>_</c>; part of conversation keys.</param>
/// <param name="Runtime"><c>acp</c> or <c>openai</c>.</param>
/// <param name="Model">Null: the runtime does not say.</param>
public sealed record AgentDescription(string Id, string Name, string Runtime, string? Model)
{
    /// <summary>What it may call, by name. Default all there is.</summary>
    public ImmutableArray<string> Tools { get; init; } = ToolNames.All;

    public ApprovalRule Approve { get; init; }
}

/// <summary>What an agent is asked.</summary>
/// <param name="History">What was said before, oldest first, without the prompt; shortened by the conversation.</param>
public sealed record AgentTurn(string Agent, ConversationKey Conversation, string Run, ImmutableArray<Said> History, string Prompt, TimeSpan Timeout, AgentGrant Grant, IAgentTools Tools)
{
    /// <summary>What the agent itself remembers of the conversation; null: nothing that is known.</summary>
    public AgentSession? Session { get; init; }
}

/// <summary>An agent's own memory of a conversation.</summary>
/// <param name="Id">As the agent calls it.</param>
/// <param name="Unheard">What was said since, oldest first, without the prompt.</param>
public sealed record AgentSession(string Id, ImmutableArray<Said> Unheard);

/// <summary>What whoever asked lets the agent do; never more than they may themselves.</summary>
/// <param name="Subject">Whom audit records name.</param>
/// <param name="Run">The spawned run that asked; null: none did.</param>
/// <param name="Depth">How many runs stand above: 0 in a conversation that people lead.</param>
public sealed record AgentGrant(string Subject, ScopeSet Scopes, RunId? Run, int Depth)
{
    /// <summary>Of the spawned run, for the environment of an agent that is a program (<c>NETCLAW_TOKEN</c>); null: no run asked.</summary>
    public Secret? Credential { get; init; }

    /// <summary>The device that asked, so that what the agent does for it ends with it; null: none did.</summary>
    public DeviceId? Device { get; init; }
}

/// <summary>Hears an agent while it answers. Thread-safe; never blocks.</summary>
public interface IAgentSink
{
    /// <summary>More of the answer.</summary>
    void Delta(string text);

    void ToolCalled(string call, string tool, JsonElement arguments);

    void ToolAnswered(string call, string tool, ToolAnswer answer);

    /// <summary>What it is doing: <c>thinking</c>, <c>retrying after 429</c>.</summary>
    void Status(string phase);
}

/// <summary>What an agent may call. Every call passes the same gate as a client's.</summary>
public interface IAgentTools
{
    ImmutableArray<AgentTool> All { get; }

    /// <summary>Never throws: a refusal is an answer.</summary>
    Task<ToolAnswer> CallAsync(AgentTurn turn, string tool, JsonElement arguments, CancellationToken cancellation);

    /// <summary>Asks people whether the agent may do something of its own; false: no, or nobody answered in time.</summary>
    Task<bool> ApprovedAsync(AgentTurn turn, string title, JsonElement details, CancellationToken cancellation);
}

/// <param name="Parameters">A JSON Schema.</param>
public sealed record AgentTool(string Name, string Purpose, JsonElement Parameters);

public sealed record ToolAnswer(bool Ok, string Text);

/// <summary>How a turn ended. Closed.</summary>
public abstract record AgentOutcome
{
    private AgentOutcome()
    {
    }

    /// <param name="Text">The whole answer.</param>
    /// <param name="StopReason"><c>stop</c>, <c>length</c>, <c>tool_limit</c>, <c>refusal</c>.</param>
    public sealed record Completed(string Text, string StopReason, AgentUsage? Usage) : AgentOutcome
    {
        /// <summary>Under which name the agent remembers the conversation, this turn included; null: it does not.</summary>
        public string? Session { get; init; }
    }

    /// <param name="Text">What had come until then.</param>
    public sealed record Cancelled(string Text) : AgentOutcome;

    /// <param name="Message">For people: what was tried, what was seen.</param>
    /// <param name="Text">What had come until then.</param>
    public sealed record Failed(RefusalCode Code, string Message, string Text) : AgentOutcome;

    /// <summary>The daemon went down while it ran.</summary>
    public sealed record Lost : AgentOutcome;
}

/// <summary>Tokens.</summary>
public sealed record AgentUsage(long Input, long Output);

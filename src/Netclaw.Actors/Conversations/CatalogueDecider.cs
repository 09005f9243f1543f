using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>What a command comes to in the catalogue, before the conversation itself sees it.</summary>
/// <param name="Event">Null: nothing changes.</param>
/// <param name="Refusal">Null: it goes on.</param>
/// <param name="Agent">Who answers, where somebody is to.</param>
public sealed record CatalogueDecision(CatalogueEvent? Event, ConversationReply.Refused? Refusal = null, string Agent = "");

/// <summary>Which conversations there are, and who may be asked in them. Pure.</summary>
public static class CatalogueDecider
{
    /// <summary>What has to stand in netclaw.json before anybody answers.</summary>
    public const string TwoLines = "\"agents\": {\n  \"main\": {\"runtime\": \"openai\", \"baseUrl\": \"http://127.0.0.1:11434/v1\", \"model\": \"llama3.2\"} }";

    /// <param name="agents">In the order of the configuration.</param>
    public static CatalogueDecision Decide(ConversationCommand command, CatalogueState state, ImmutableArray<AgentDescription> agents)
    {
        var entry = state.Find(command.Key);
        return command switch
        {
            ConversationCommand.Append c => TooLong(c, c.Said, c.Once) ?? Write(c, entry, state),
            ConversationCommand.Prompt { Again: true } c when entry is null => Refuse(c, RefusalCode.ConversationNotFound, $"there is no conversation {c.Key} any more"),
            ConversationCommand.Prompt c => TooLong(c, c.Said, c.Run) ?? Prompt(c, entry, state, agents),
            ConversationCommand.Begin { Label.Length: > ConversationLimits.LabelCharacters } or ConversationCommand.Patch { Label.Length: > ConversationLimits.LabelCharacters } =>
                Refuse(command, RefusalCode.InvalidRequest, $"a label has at most {ConversationLimits.LabelCharacters} characters"),
            ConversationCommand.Begin c => entry is null ? Begin(c, state, c.Label) : new CatalogueDecision(null),
            ConversationCommand.Delete c => Delete(c, entry),
            _ when entry is null => Refuse(command, RefusalCode.ConversationNotFound, $"there is no conversation {command.Key}"),
            ConversationCommand.Patch c => Patch(c, entry),
            ConversationCommand.Reset c => new CatalogueDecision(new CatalogueEvent.Reset(c.Now, c.Key, state.Generation + 1)),
            _ => new CatalogueDecision(null),
        };
    }

    /// <summary>The agent that is meant; null, and why, when nobody can answer.</summary>
    public static (string? Agent, string Problem) Choose(string? wanted, ConversationKey key, ImmutableArray<AgentDescription> agents) => (wanted ?? key.Agent ?? agents.FirstOrDefault()?.Id) switch
    {
        _ when agents.IsEmpty => (null, $"no agent is configured, so nobody can answer. Add these two lines to netclaw.json, with your endpoint and model, and restart:\n{TwoLines}"),
        { } named when agents.Any(agent => agent.Id == named) => (named, ""),
        var named => (null, $"netclaw.json names no agent {named}; it names {string.Join(", ", agents.Select(agent => agent.Id))}"),
    };

    private static CatalogueDecision Prompt(ConversationCommand.Prompt c, CatalogueEntry? entry, CatalogueState state, ImmutableArray<AgentDescription> agents) =>
        Choose(c.Agent, c.Key, agents) switch
        {
            (null, var problem) => Refuse(c, RefusalCode.NoAgent, problem),
            ({ } agent, _) => Write(c, entry, state) with { Agent = agent },
        };

    private static CatalogueDecision Write(ConversationCommand c, CatalogueEntry? entry, CatalogueState state) => entry switch
    {
        null => Begin(c, state, null),
        { Awake: false } => new CatalogueDecision(new CatalogueEvent.Woke(c.Now, c.Key)),
        _ => new CatalogueDecision(null),
    };

    private static CatalogueDecision Begin(ConversationCommand c, CatalogueState state, string? label) => state.Entries.Count >= ConversationLimits.Conversations
        ? Refuse(c, RefusalCode.ConversationsFull, string.Create(CultureInfo.InvariantCulture, $"{state.Entries.Count} conversations are kept already"))
        : new CatalogueDecision(new CatalogueEvent.Begun(c.Now, c.Key, state.Generation + 1, Label(label)));

    private static CatalogueDecision Patch(ConversationCommand.Patch c, CatalogueEntry entry)
    {
        var label = c.Label is null ? entry.Label : Label(c.Label);
        var archived = c.Archived is null ? entry.ArchivedAt : c.Archived.Value ? entry.ArchivedAt ?? c.Now : null;
        return new CatalogueDecision(label == entry.Label && archived == entry.ArchivedAt ? null : new CatalogueEvent.Patched(c.Now, c.Key, label, archived));
    }

    /// <summary>What is asked of a conversation holds where it is deleted: what a list said a moment ago may be over.</summary>
    private static CatalogueDecision Delete(ConversationCommand.Delete c, CatalogueEntry? entry) => entry switch
    {
        null => new CatalogueDecision(null),
        { ArchivedAt: null } when c.ArchivedOnly => Refuse(c, RefusalCode.InvalidRequest, $"{c.Key} is not archived"),
        _ when c.Transcript is { } transcript && transcript != entry.Id.ToString() => Refuse(c, RefusalCode.InvalidRequest, $"{c.Key} has another transcript than {transcript}"),
        { ArchivedAt: null } when !c.Admin => Refuse(c, RefusalCode.MissingScope, $"deleting {c.Key}, which is not archived,"),
        _ => new CatalogueDecision(new CatalogueEvent.Deleted(c.Now, c.Key)),
    };

    private static string? Label(string? label) => label?.Trim() is { Length: > 0 } text ? text : null;

    private static CatalogueDecision? TooLong(ConversationCommand c, Said said, string name)
    {
        if (name.Length is 0 or > ConversationLimits.NameCharacters)
        {
            return Refuse(c, RefusalCode.InvalidRequest, $"what names the message has 1 to {ConversationLimits.NameCharacters} characters");
        }

        return Encoding.UTF8.GetByteCount(said.Text) is var bytes and (0 or > ConversationLimits.MessageBytes)
            ? Refuse(c, RefusalCode.InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"a message has 1 to {ConversationLimits.MessageBytes} bytes, this one has {bytes}"))
            : null;
    }

    private static CatalogueDecision Refuse(ConversationCommand c, RefusalCode code, string message) => new(null, new ConversationReply.Refused(c.CommandId, code, message));
}

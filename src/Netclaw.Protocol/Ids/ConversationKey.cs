using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// Names one conversation: <c>agent:&lt;id&gt;:main</c>, <c>agent:&lt;id&gt;:subagent:&lt;uuid&gt;</c>, <c>agent:&lt;id&gt;:&lt;name&gt;</c>, <c>cron:&lt;job&gt;</c>. Parts of lower case letters, digits, <c>.</c>, <c>_</c> and
/// <c>-</c>, with colons between them; 160 characters at most (gateway-protocol.md section 7). <c>main</c> alone is the default agent's, which only the daemon can resolve.
/// </summary>
[JsonConverter(typeof(IdJsonConverter<ConversationKey>))]
public readonly record struct ConversationKey : IId<ConversationKey>
{
    public const int MostCharacters = 160;

    private const string AgentPrefix = "agent:";
    private const string CronPrefix = "cron:";
    private const string Main = "main";
    private const string Subagent = "subagent";
    private const string Symbols = "0123456789abcdefghijklmnopqrstuvwxyz._-";

    private readonly string? _text;

    private ConversationKey(string text) => _text = text;

    /// <summary>The agent that answers in it; null in a scheduled job's own.</summary>
    public string? Agent => _text is not null && _text.StartsWith(AgentPrefix, StringComparison.Ordinal) ? _text.Split(':')[1] : null;

    /// <summary>It belongs to a run that another conversation started.</summary>
    public bool IsSubagent => _text?.Split(':') is ["agent", _, Subagent, _];

    public static ConversationKey MainOf(string agent) => Parsed($"{AgentPrefix}{agent}:{Main}");

    public static ConversationKey SubagentOf(string agent, Guid run) => Parsed($"{AgentPrefix}{agent}:{Subagent}:{run}");

    public static ConversationKey OfJob(string job) => Parsed(CronPrefix + job);

    public static bool TryParse(string? text, out ConversationKey id)
    {
        var wellFormed = text is { Length: > 0 and <= MostCharacters } && text.Split(':') switch
        {
            ["agent", _, _] or ["agent", _, _, _] or ["cron", _] => text.Split(':').All(part => part.Length > 0 && !part.AsSpan().ContainsAnyExcept(Symbols)),
            _ => false,
        };
        id = wellFormed ? new ConversationKey(text!) : default;
        return wellFormed;
    }

    public override string ToString() => _text ?? "";

    private static ConversationKey Parsed(string text) =>
        TryParse(text, out var key) ? key : throw new ArgumentException($"{text} names no conversation", nameof(text));
}

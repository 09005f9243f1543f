using System.Globalization;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>
/// One transcript: a conversation's key, and which of its successive transcripts. Generations are counted by the catalogue over all conversations and never come twice, so that a key that is begun anew after
/// a deletion or a reset finds nothing of the old one. Text: <c>agent:main:main#3</c>.
/// </summary>
[JsonConverter(typeof(IdJsonConverter<ConversationId>))]
public readonly record struct ConversationId(ConversationKey Key, long Generation) : IId<ConversationId>
{
    /// <summary>Begins the persistence id of every transcript.</summary>
    public const string Family = "conversation/";

    private const char Separator = '#';

    public string PersistenceId => Family + this;

    public static bool TryParse(string? text, out ConversationId id)
    {
        var at = text?.LastIndexOf(Separator) ?? -1;
        if (at > 0 && ConversationKey.TryParse(text![..at], out var key) && long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var generation) && generation > 0)
        {
            id = new ConversationId(key, generation);
            return true;
        }

        id = default;
        return false;
    }

    public override string ToString() => Key.ToString() is { Length: > 0 } key ? string.Create(CultureInfo.InvariantCulture, $"{key}{Separator}{Generation}") : "";
}

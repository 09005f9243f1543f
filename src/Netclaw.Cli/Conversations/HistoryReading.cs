using System.Collections.Immutable;
using Netclaw.Cli.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary>Which part of a conversation.</summary>
/// <param name="After">A <c>deltaCursor</c>: what came after it.</param>
/// <param name="Before">A message's number: what came before it; null: the latest.</param>
/// <param name="All">All of that, not <paramref name="Limit"/> messages of it.</param>
internal sealed record HistoryRequest(string Key, int Limit, string? After, long? Before, bool All);

/// <summary>
/// Reads a conversation from its end to its beginning, page by page. Pages are counted from the end, which moves while somebody speaks: what comes twice by that is dropped, and nothing is left out.
/// </summary>
internal sealed class HistoryReading(OpenGateway gateway)
{
    /// <returns>As the gateway answers it, with the messages that were wanted.</returns>
    public async Task<ChatHistoryResult> ReadAsync(HistoryRequest wanted)
    {
        if (wanted is { Before: null, All: false })
        {
            return await gateway.HistoryAsync(new ChatHistoryParams(wanted.Key) { Limit = wanted.Limit, Cursor = wanted.After });
        }

        var offset = 0;
        if (wanted.Before is { } before)
        {
            var now = await gateway.HistoryAsync(new ChatHistoryParams(wanted.Key) { Limit = 1 });
            offset = (int)Math.Clamp((now.TotalMessages ?? 0) - before + 1, 0, int.MaxValue);
        }

        var (found, end) = (ImmutableArray<ChatMessage>.Empty, wanted.Before ?? long.MaxValue);
        while (true)
        {
            var page = await gateway.HistoryAsync(new ChatHistoryParams(wanted.Key) { Limit = wanted.All ? ChatHistoryParams.MostLimit : wanted.Limit, Offset = offset });
            ImmutableArray<ChatMessage> fresh = [.. (page.Messages ?? []).Where(message => message.Seq < end)];
            (found, end) = ([.. fresh, .. found], fresh.IsEmpty ? end : fresh[0].Seq);
            if (!wanted.All || page.NextOffset is not { } next)
            {
                return page with { Messages = found };
            }

            offset = next;
        }
    }
}

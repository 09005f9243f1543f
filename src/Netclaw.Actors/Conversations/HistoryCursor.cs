using System.Globalization;

namespace Netclaw.Actors.Conversations;

/// <summary>A place in a transcript: all messages up to this one are known. Text: generation, dot, sequence.</summary>
public readonly record struct HistoryCursor(long Generation, long Sequence)
{
    public static bool TryParse(string text, out HistoryCursor cursor)
    {
        cursor = default;
        if (text.Split('.') is not [var generation, var sequence]
            || !long.TryParse(generation, NumberStyles.None, CultureInfo.InvariantCulture, out var of) || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return false;
        }

        cursor = new HistoryCursor(of, at);
        return true;
    }

    /// <summary>Whether the messages right after it can be told: the transcript is the same, and has come so far.</summary>
    public bool IsIn(ConversationReply.Page page) => page.Id.Generation == Generation && Sequence <= page.Last;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generation}.{Sequence}");
}

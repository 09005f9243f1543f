namespace Netclaw.Runtime.Sql.Store;

/// <summary>
/// What the columns hold, checked before a write joins a shared transaction, so that no database error of one write is left but
/// the unique key. The same for every database: a journal can be moved between them.
/// </summary>
internal static class TextLimits
{
    public const int PersistenceId = 255;
    public const int Manifest = 500;
    public const int WriterUuid = 128;
    public const int Tag = 64;

    /// <exception cref="ArgumentException">too long, or text that no database stores faithfully (U+0000, lone surrogates).</exception>
    public static void Check(string what, string text, int limit)
    {
        if (text.Length > limit)
        {
            throw new ArgumentException($"The {what} has {text.Length} characters, the journal holds {limit}.");
        }

        if (!IsStorable(text))
        {
            throw new ArgumentException($"The {what} contains U+0000 or half a surrogate pair, which no journal stores faithfully.");
        }
    }

    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0' || (char.IsSurrogate(c) && (i + 1 == text.Length || !char.IsSurrogatePair(c, text[++i]))))
            {
                return false;
            }
        }

        return true;
    }
}

namespace Netclaw.Protocol;

/// <summary>Texts that are cut to a length, in characters, never between the halves of a symbol.</summary>
public static class TextCut
{
    public static string To(string text, int most) => text.Length <= most ? text : text[..LengthOf(text, most)];

    /// <summary>How much of a text is left of it.</summary>
    public static int LengthOf(ReadOnlySpan<char> text, int most) =>
        text.Length <= most ? text.Length : most > 0 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
}

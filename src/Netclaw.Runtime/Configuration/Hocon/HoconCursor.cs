namespace Akka.Configuration.Hocon;

/// <summary>A position in the text of one file, with the character classes of the HOCON specification.</summary>
internal sealed class HoconCursor(string text, string file)
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";
    private int _position = text.StartsWith('\uFEFF') ? 1 : 0;

    public string File => file;

    public int Line { get; private set; } = 1;

    public bool AtEnd => _position >= text.Length;

    public char Peek => _position < text.Length ? text[_position] : '\0';

    public bool AtNewline => Peek == '\n' && !AtEnd;

    public bool AtComment => Peek == '#' || At("//");

    public bool AtSpace => !AtEnd && Peek != '\n' && (char.IsWhiteSpace(Peek) || Peek == '\uFEFF');

    /// <summary>True where an unquoted string may go on.</summary>
    public bool AtUnquoted => !AtEnd && !AtNewline && !AtSpace && !AtComment && !Reserved.Contains(Peek, StringComparison.Ordinal);

    public bool At(string expected) => string.CompareOrdinal(text, _position, expected, 0, expected.Length) == 0;

    public char Take()
    {
        var taken = text[_position++];
        if (taken == '\n') Line++;
        return taken;
    }

    public bool TryTake(string expected)
    {
        if (!At(expected)) return false;
        for (var i = 0; i < expected.Length; i++) Take();
        return true;
    }

    public string TakeWhile(Func<HoconCursor, bool> condition)
    {
        var start = _position;
        while (!AtEnd && condition(this)) Take();
        return text[start.._position];
    }

    public string TakeSpaces() => TakeWhile(static cursor => cursor.AtSpace);

    /// <summary>Skips spaces, line ends and comments.</summary>
    public void SkipBlank()
    {
        while (!AtEnd)
        {
            if (AtSpace || AtNewline) Take();
            else if (AtComment) TakeWhile(static cursor => !cursor.AtNewline);
            else return;
        }
    }

    public HoconOrigin Origin(string key = "") => new(file, Line, key);

    public ConfigurationException Error(string problem, string key = "") => Origin(key).Error(problem);

    /// <summary>What stands here, for an error message.</summary>
    public string Seen => AtEnd ? "the end of the text" : AtNewline ? "the end of the line" : $"'{Peek}'";
}

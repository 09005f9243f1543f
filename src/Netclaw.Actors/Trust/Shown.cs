using System.Globalization;

namespace Netclaw.Actors.Trust;

/// <summary>What a client sent, as people may read it.</summary>
internal static class Shown
{
    private const int Longest = 100;

    /// <summary>Short, printable and on one line.</summary>
    public static string Line(string text)
    {
        var printable = string.Concat(text.Take(Longest).Select(symbol => symbol is > ' ' and <= '~' ? symbol : '?'));
        return text.Length > Longest ? string.Create(CultureInfo.InvariantCulture, $"{printable}... ({text.Length} characters)") : printable;
    }
}

using System.Globalization;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>
/// Words that came over the wire and will be shown in a terminal. Whatever could move the cursor, reorder the line or hide is
/// replaced; a command is passed on only when it is plainly one of ours, because people run what they are told to.
/// </summary>
internal static class ForeignText
{
    private const int Longest = 1000;
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@=,+";

    public static CallError Clean(CallError error)
    {
        var known = RefusalTable.TryFind(error.Code, out var row);
        var message = Clean(error.Message);
        return error with
        {
            Code = known ? row.Name : Clean(error.Code),
            Message = message.Length > 0 ? message : known ? row.Meaning : "The gateway refused and gave no reason.",
            Remedy = error.Remedy is { } remedy && IsPlainCommand(remedy) ? remedy : known && row.Remedy.Length > 0 ? row.Remedy : null,
        };
    }

    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= Longest)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(IsPrintable(rune) ? rune.ToString() : rune.Value == '\n' ? " " : "\uFFFD");
        }

        return clean.ToString();
    }

    /// <summary><c>netclaw</c> and words without any meaning to a shell; <c>&lt;placeholders&gt;</c> are for the reader.</summary>
    private static bool IsPlainCommand(string command)
    {
        var words = command.Split(' ');
        return command.Length <= Longest && words is ["netclaw", ..] && Array.TrueForAll(words, word => IsPlain(word) || IsPlaceholder(word));
    }

    private static bool IsPlain(string word) => word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain);

    private static bool IsPlaceholder(string word) => word is ['<', _, .., '>'] && IsPlain(word[1..^1]);

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

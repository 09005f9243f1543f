using System.Globalization;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>
/// What people call a device: 1 to 64 UTF-16 code units after trimming (units, not what looks like one character: the bound is the
/// same in every language and caps the bytes). Everything that hides, reorders or breaks the text around it on a screen is
/// refused: control characters, line separators, invisible and direction-changing format characters, lone surrogates.
/// </summary>
public static class DeviceName
{
    public const int MaximumLength = 64;

    /// <param name="problem">Why not, for a person; empty when well-formed.</param>
    public static bool TryNormalize(string? text, out string name, out string problem)
    {
        name = (text ?? "").Trim();
        problem = Problem(name);
        if (problem.Length > 0)
        {
            name = "";
        }

        return problem.Length == 0;
    }

    private static string Problem(string name)
    {
        if (name.Length == 0)
        {
            return "the name is empty";
        }

        if (name.Length > MaximumLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the name has {name.Length} characters, {MaximumLength} are allowed");
        }

        var visible = false;
        for (var at = 0; at < name.Length;)
        {
            if (!Rune.TryGetRuneAt(name, at, out var rune))
            {
                return "the name holds half a character (a lone surrogate)";
            }

            if (Refused(rune) is { } kind)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the name holds a {kind} (U+{rune.Value:X4})");
            }

            visible |= IsVisible(rune);
            at += rune.Utf16SequenceLength;
        }

        return visible ? "" : "the name has nothing that can be seen";
    }

    private static string? Refused(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => "control character",
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "line separator",
        UnicodeCategory.Format when IsDirectional(rune.Value) => "direction-override character",
        UnicodeCategory.Format when !IsJoiner(rune.Value) => "invisible character",
        _ => null,
    };

    private static bool IsDirectional(int value) =>
        value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Joiners are part of Persian and Indic spelling and of emoji, tags part of flags; they are refused only where they are all there is.</summary>
    private static bool IsJoiner(int value) => value is 0x200C or 0x200D or (>= 0xE0020 and <= 0xE007F);

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);
}

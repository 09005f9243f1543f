using System.Text;

namespace Netclaw.Actors.Pairing;

/// <summary>Why an operator rejected or revoked: shown to the device's owner and stored, so bounded and printable.</summary>
internal static class ReasonText
{
    public const int MaximumLength = 200;
    public const string Rule = "a reason has at most 200 characters, none of them control characters";

    /// <summary>Trimmed; null for none.</summary>
    public static bool TryNormalize(string? text, out string? reason)
    {
        reason = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (reason is null || (reason.Length <= MaximumLength && reason.EnumerateRunes().All(IsPrintable)))
        {
            return true;
        }

        reason = null;
        return false;
    }

    private static bool IsPrintable(Rune rune) => !Rune.IsControl(rune) && rune != Rune.ReplacementChar
        && rune.Value is not ((>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}

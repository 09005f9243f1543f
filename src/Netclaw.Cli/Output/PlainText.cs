using System.Text;

namespace Netclaw.Cli.Output;

/// <summary>Text from elsewhere (a gateway, a device, a file) made safe for a terminal: no escapes, no control or direction-override characters.</summary>
internal static class PlainText
{
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.Any(IsUnsafe))
        {
            return text ?? "";
        }

        var safe = new StringBuilder(text.Length);
        foreach (var symbol in text)
        {
            safe.Append(symbol is '\n' or '\t' ? ' ' : IsUnsafe(symbol) ? '\uFFFD' : symbol);
        }

        return safe.ToString();
    }

    /// <summary>As <see cref="Of"/>, with its lines and tabs as they are.</summary>
    public static string Lines(string? text) => string.IsNullOrEmpty(text) || !text.Any(IsUnsafe)
        ? text ?? ""
        : string.Concat(text.Select(symbol => symbol is not ('\n' or '\t') && IsUnsafe(symbol) ? '\uFFFD' : symbol));

    private static bool IsUnsafe(char symbol) => char.IsControl(symbol)
        || symbol is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}

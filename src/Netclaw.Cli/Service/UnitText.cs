using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Cli.Service;

/// <summary>
/// The text of a unit file: how values are written so that systemd reads them back (systemd.syntax(7), systemd.unit(5) "Specifiers"), and the first line, by
/// which an unchanged unit of ours is told from one that somebody edited.
/// </summary>
internal static class UnitText
{
    private const string Mark = "# Written by netclaw daemon install, sha256 ";
    private const string Advice = "; what you change here is kept, unless --force is said.";
    private const string HomeMark = "# home: ";

    /// <summary>A word of ExecStart=: quoted, nothing in it expanded.</summary>
    public static string Argument(string text) => Word(text).Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A word of any other setting: quoted; specifiers are expanded everywhere, variables are not.</summary>
    public static string Word(string text) =>
        '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal) + '"';

    /// <summary>A whole value that is not split into words.</summary>
    public static string Line(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>Puts the first line before <paramref name="body"/>.</summary>
    public static string Marked(string home, string body)
    {
        var rest = $"{HomeMark}{home}\n{body}";
        return $"{Mark}{Sum(rest)}{Advice}\n{rest}";
    }

    public static UnitOwner OwnerOf(string text)
    {
        if (!text.StartsWith(Mark, StringComparison.Ordinal) || text.Split('\n', 3) is not [var first, var second, var body] || !second.StartsWith(HomeMark, StringComparison.Ordinal))
        {
            return new UnitOwner.Somebody();
        }

        var home = second[HomeMark.Length..];
        return first == Mark + Sum($"{second}\n{body}") + Advice ? new UnitOwner.Ours(home) : new UnitOwner.Edited(home);
    }

    /// <summary>A character that no unit file can hold in one line; null when there is none.</summary>
    public static string? Unwritable(string path) => path.Any(char.IsControl)
        ? string.Create(CultureInfo.InvariantCulture, $"character {(int)path.First(char.IsControl)}")
        : null;

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Whose a unit file is. Closed.</summary>
internal abstract record UnitOwner
{
    private UnitOwner()
    {
    }

    /// <summary>As it was written.</summary>
    public sealed record Ours(string Home) : UnitOwner;

    /// <summary>Written by us, changed since.</summary>
    public sealed record Edited(string Home) : UnitOwner;

    /// <summary>Never ours.</summary>
    public sealed record Somebody : UnitOwner;
}

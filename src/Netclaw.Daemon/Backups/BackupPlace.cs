using System.Globalization;
using System.Text.RegularExpressions;
using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>What archives are called: <c>backups/netclaw-20261128-041500.ncb</c>. Never the name of something that is there.</summary>
internal static partial class BackupPlace
{
    public const string Extension = ".ncb";

    /// <param name="label">What it was made for; null: asked for by a person or a schedule.</param>
    public static string Of(NetclawHome home, DateTimeOffset now, string? label = null) => In(home.BackupsDirectory, now, label);

    /// <param name="directory">Full path.</param>
    public static string In(string directory, DateTimeOffset now, string? label = null)
    {
        var stem = Path.Combine(directory, $"netclaw-{DatedName.Stamp(now)}{(label is null ? "" : $"-{label}")}");
        var path = stem + Extension;
        for (var number = 2; IsTaken(path); number++)
        {
            path = $"{stem}-{number}{Extension}";
        }

        return path;
    }

    /// <summary>Where the kernel does not tell, as below a file, no archive can be made either; whoever makes it says why.</summary>
    private static bool IsTaken(string path)
    {
        try
        {
            return FileFacts.OfPath(path) is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>When a name was given, as far as names can be compared: the stamp, then the number behind it.</summary>
    /// <returns>Null for a name that is not given here, or with a label.</returns>
    public static (string Stamp, int Number)? AgeOf(string name) => Dated().Match(name) is { Success: true } match
        ? (match.Groups["stamp"].Value, match.Groups["number"] is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : 1)
        : null;

    [GeneratedRegex("""\Anetclaw-(?<stamp>[0-9]{8}-[0-9]{6})(-(?<number>[0-9]{1,6}))?\.ncb\z""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dated();
}

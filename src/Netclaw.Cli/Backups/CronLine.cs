using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Cli.Backups;

/// <summary>
/// The line of a crontab that makes the backups of one home. It says everything that cron does not know: the home, where the programs and their runtime are. A success
/// says nothing; what goes wrong is appended to a file of the home, and when. The mark at its end, a comment to the shell, and the home in it tell it from every other line.
/// </summary>
/// <param name="Program">Full path of netclaw.</param>
/// <param name="Variables">Needed besides the home, in this order; no secrets.</param>
internal sealed record CronLine(NetclawHome Home, string Program, IReadOnlyList<(string Name, string Value)> Variables)
{
    private const string Mark = " # netclaw backup schedule";

    /// <summary>What went wrong while nobody looked.</summary>
    public string Log => Path.Combine(Home.LogsDirectory, "backup.log");

    private string Owner => $" {NetclawHome.Variable}={Quoted(Home.Root)} ";

    /// <param name="when">Five fields.</param>
    public string Text(string when, int keep) => string.Create(
        CultureInfo.InvariantCulture,
        $"{when}{Owner}{string.Concat(Variables.Select(each => $"{each.Name}={Quoted(each.Value)} "))}{Quoted(Program)} backup create --keep {keep} >/dev/null 2>>{Quoted(Log)} || date >>{Quoted(Log)}{Mark}");

    /// <summary>Whether a line of a table is this home's; one that was commented out is nobody's.</summary>
    public bool Owns(string line) => line.EndsWith(Mark, StringComparison.Ordinal) && line.Contains(Crontab.Stored(Owner), StringComparison.Ordinal) && !line.TrimStart().StartsWith('#');

    /// <summary>A character of a path that no line holds so that every cron and shell reads it alike; null: there is none. Backslashes before one another are read differently.</summary>
    public string? Unwritable => Variables.Select(each => each.Value).Append(Home.Root).Append(Program)
        .FirstOrDefault(path => path.Any(character => char.IsControl(character) || character == '\\'));

    /// <summary>For sh, then for cron, to which a bare percent sign ends the command.</summary>
    private static string Quoted(string text) => LocalRemedy.Quoted(text).Replace("%", "\\%", StringComparison.Ordinal);
}

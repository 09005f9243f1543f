using System.Globalization;
using System.Text.RegularExpressions;

namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>One block of commands of docs/guides/recovery.md, with the comment above it: <c>situation: a; b, on the phone, exit 1</c>.</summary>
/// <param name="Situations">Each is set up, and the block typed in it.</param>
/// <param name="Where">the host, the phone or the new machine.</param>
/// <param name="Shown">What the guide shows below it; null: nothing.</param>
internal sealed partial record GuideBlock(string[] Situations, string Where, int ExitCode, string Command, string? Shown)
{
    public const string OnHost = "the host";
    public const string OnPhone = "the phone";
    public const string OnNewMachine = "the new machine";

    /// <summary>What is typed first in every shell.</summary>
    public const string Always = "always";

    /// <exception cref="InvalidOperationException">A block has no situation above it.</exception>
    public static GuideBlock[] Read(string guide)
    {
        GuideBlock[] blocks = [.. Block().Matches(guide).Select(Of)];
        return Fence().Count(guide) == blocks.Length
            ? blocks
            : throw new InvalidOperationException($"{Fence().Count(guide)} blocks of commands, and {blocks.Length} of them say in which situation they are typed");
    }

    /// <summary>An ellipsis stands for some text of a line; on a line of its own, for any lines.</summary>
    public bool Shows(string output) => Shown is null || Regex.IsMatch(output, "^" + string.Concat(Shown.Split('\n')[..^1].Select(line => line.Trim() == "…"
        ? "(.*\n)*?"
        : Regex.Escape(line).Replace("…", ".*", StringComparison.Ordinal) + "\n")) + "$", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static GuideBlock Of(Match match) => new(
        match.Groups["names"].Value.Split("; "), match.Groups["where"] is { Success: true } where ? where.Value : OnHost,
        match.Groups["exit"] is { Success: true } exit ? int.Parse(exit.Value, CultureInfo.InvariantCulture) : 0, match.Groups["command"].Value,
        match.Groups["shown"] is { Success: true } shown ? shown.Value : null);

    [GeneratedRegex("<!-- situation: (?<names>[a-z; -]+)(, on (?<where>[a-z ]+))?(, exit (?<exit>[0-9]+))? -->\n```sh\n(?<command>[^`]*)```\n(\n```text\n(?<shown>[^`]*)```)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^```sh$", RegexOptions.Multiline, 1000)]
    private static partial Regex Fence();
}

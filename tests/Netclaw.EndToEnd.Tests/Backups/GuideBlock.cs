using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Backups;

/// <summary>A block of commands of a guide, and what it says they print.</summary>
/// <param name="Shown">Null: the guide does not say.</param>
internal sealed partial record GuideBlock(string Language, string Command, string? Shown)
{
    /// <summary>What a block prints where nothing goes wrong, whoever runs it and when: names of homes and gateways, times, sizes and numbers of processes and records are alike.</summary>
    public static string Alike(string printed) => Varying().Replace(printed, "~");

    /// <param name="guide">Under docs/guides.</param>
    /// <param name="languages">Those that are run.</param>
    public static async Task<IReadOnlyList<GuideBlock>> ReadAsync(string guide, params string[] languages) =>
    [
        .. Block().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "guides", guide)))
            .Select(match => new GuideBlock(match.Groups["language"].Value, match.Groups["command"].Value, match.Groups["shown"] is { Success: true } shown ? shown.Value : null))
            .Where(block => languages.Contains(block.Language)),
    ];

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<command>.*?)```\n(\n```text\n(?<shown>.*?)```)?", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("""gw_[a-z0-9]+|[0-9]{8}-[0-9]{6}|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}|[0-9.]+ [KM]iB|(?<=[0-9]+ to )[0-9]+(?=\))|(?<=pid )[0-9]+|[0-9]+(?= records)|(?<=Gateway |Backup of )\S+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Varying();
}

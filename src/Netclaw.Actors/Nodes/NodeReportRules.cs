using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>Whether what a node tells is of the protocol's form and within bounds. Pure; null: nothing is wrong.</summary>
internal static class NodeReportRules
{
    private const int LongestName = 64;
    private const int LongestText = 1024;
    private const int LongestSkill = 64 * 1024;
    private const int LongestTools = 1024 * 1024;

    public static string? Problem(NodePluginToolsUpdateParams given)
    {
        if (given.Tools.IsDefault || given.Tools.Length > NodePluginToolsUpdateParams.Most)
        {
            return $"at $.tools: at most {NodePluginToolsUpdateParams.Most} tools";
        }

        var bad = given.Tools.FirstOrDefault(tool => !IsTool(tool));
        return bad is not null ? "at $.tools: a tool has a pluginId, a description and a name of a letter and up to 63 letters, digits, _ and -"
            : given.Tools.Sum(tool => (long)tool.Description.Length + (tool.Parameters?.GetRawText().Length ?? 0)) > LongestTools ? $"at $.tools: together they have more than {LongestTools} characters"
            : null;
    }

    public static string? Problem(NodeSkillsUpdateParams given) => given.Skills.IsDefault || given.Skills.Length > NodeSkillsUpdateParams.Most
        ? $"at $.skills: at most {NodeSkillsUpdateParams.Most} skills"
        : given.Skills.Any(skill => !IsSkill(skill)) ? $"at $.skills: a skill has a name of 1 to {LongestName} lower-case letters, digits and single hyphens, a description up to {LongestText} characters and content up to {LongestSkill}"
        : null;

    public static string? Problem(NodeRunnerInventoryUpdateParams given) =>
        given.ProtocolFeatures is { } features && (features.IsDefault || features.Length > NodeRunnerInventoryUpdateParams.MostFeatures || features.Any(feature => feature is null or "" or { Length: > LongestName }))
            ? $"at $.protocolFeatures: at most {NodeRunnerInventoryUpdateParams.MostFeatures} names of up to {LongestName} characters"
            : null;

    /// <summary>Only what the protocol names, and only what can be: a machine has no loads below nothing.</summary>
    public static NodeHostStats? Stats(JsonElement? payload)
    {
        try
        {
            return payload?.Deserialize(ProtocolJson.Default.NodeHostStats) is { CpuCount: >= 0 and <= 65536 } stats
                && stats.LoadAverage is null or { IsDefault: false, Length: <= 3 }
                && !new[] { stats.MemoryTotalBytes, stats.MemoryFreeBytes, stats.DiskTotalBytes, stats.DiskAvailableBytes }.Any(bytes => bytes < 0) ? stats : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsTool(NodePluginTool tool) => tool is { PluginId.Length: > 0 and <= LongestText, Description.Length: > 0, Name.Length: > 0 and <= LongestName }
        && char.IsAsciiLetter(tool.Name[0]) && tool.Name.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '_' or '-')
        && tool.Command is null or { Length: > 0 and <= LongestText } && tool.Parameters is null or { ValueKind: JsonValueKind.Object } && tool.Mcp is null or { Server.Length: > 0, Tool.Length: > 0 };

    private static bool IsSkill(NodeSkill skill) => skill is { Name.Length: > 0 and <= LongestName, Description.Length: > 0 and <= LongestText, Content.Length: > 0 and <= LongestSkill }
        && skill.Name.All(symbol => char.IsAsciiLetterLower(symbol) || char.IsAsciiDigit(symbol) || symbol == '-')
        && skill.Name[0] != '-' && skill.Name[^1] != '-' && !skill.Name.Contains("--", StringComparison.Ordinal);
}

using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Schema;

/// <summary>One key of netclaw.json, as the reader asked for it.</summary>
/// <param name="Path">Dotted; empty for the file itself.</param>
/// <param name="Default">As it would stand in the file; null: nothing.</param>
/// <param name="Value">What is in force; secrets as <c>***</c>.</param>
/// <param name="Given">It stands in the file.</param>
/// <param name="Required">It must stand in its section, where that is given.</param>
public sealed record ConfigKey(string Path, KeyShape Shape, string Description, JsonNode? Default, JsonNode? Value, bool Given, bool Required)
{
    /// <summary>Stands in a path for names that people choose.</summary>
    public const string AnyName = "*";

    /// <summary>Said where the default is no fixed value.</summary>
    public string? DefaultNote { get; init; }
}

using System.Text.Json;

namespace Netclaw.Protocol;

/// <summary>
/// Closed sets travel as their exact names, spelt out in a switch: the framework's enum converter reads attributes by reflection at every
/// start, and takes numbers, which could be members that do not exist.
/// </summary>
internal static class WireName
{
    public static string Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? reader.GetString()!
        : throw new JsonException("a name is expected");

    public static JsonException Unknown(string what) => new($"not the name of a {what}");
}

using System.Text;
using System.Text.Json;
using Netclaw.Actors.Devices;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>A state as text, the same for equal states: dictionaries have no order of their own.</summary>
internal static class RegistryText
{
    public static string Of(RegistryState state)
    {
        var lines = Encoding.UTF8.GetString(new RegistryCodec().EncodeSnapshot(state).Bytes).Split('\n');
        using var json = JsonDocument.Parse(lines[0]);
        var text = new StringBuilder();
        text.AppendJoin('\n', lines.Skip(1).SelectMany(Items).Order(StringComparer.Ordinal)).AppendLine();
        foreach (var property in json.RootElement.EnumerateObject())
        {
            IEnumerable<string> values = property.Value.ValueKind == JsonValueKind.Array && property.Name != "superseded"
                ? property.Value.EnumerateArray().Select(item => item.GetRawText()).Order(StringComparer.Ordinal)
                : [property.Value.GetRawText()];
            text.AppendLine(property.Name);
            text.AppendJoin('\n', values).AppendLine();
        }

        return text.ToString();
    }

    private static IEnumerable<string> Items(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.EnumerateArray().Select(item => item.GetRawText())];
    }
}

using System.Text;
using System.Text.Json;
using Netclaw.Actors.Devices;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>A state as text, the same for equal states: dictionaries have no order of their own.</summary>
internal static class RegistryText
{
    public static string Of(RegistryState state)
    {
        using var json = JsonDocument.Parse(new RegistryCodec().EncodeSnapshot(state).Bytes);
        var text = new StringBuilder();
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
}

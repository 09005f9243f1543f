using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>Reads one value. The reader stands on it, and on its last token afterwards.</summary>
/// <exception cref="UnreadableQuestion">It is none of these; the path is relative to it.</exception>
internal delegate void ReadValue(ref Utf8JsonReader reader, QuestionDraft draft);

/// <summary>One property of a question: how it is read and how it is described, in one place, so that reader and schema cannot drift apart.</summary>
/// <param name="Shape">JSON Schema of the value; without the description.</param>
internal sealed record Field(string Name, string Description, JsonObject Shape, ReadValue Read)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(Name);

    public bool IsNamed(in Utf8JsonReader reader) => reader.ValueTextEquals(_name);

    public JsonObject Schema()
    {
        var schema = new JsonObject { ["description"] = Description };
        foreach (var (name, value) in Shape)
        {
            schema[name] = value?.DeepClone();
        }

        return schema;
    }
}

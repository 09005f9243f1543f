using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>The properties of one object; any other is an error that names the nearest.</summary>
/// <param name="nearest">The known name that a mistyped one is nearest to; null when none is near.</param>
internal sealed class FieldGroup(ImmutableArray<Field> fields, Func<string, IEnumerable<string>, string?> nearest)
{
    /// <exception cref="UnreadableQuestion">With the path to what is wrong.</exception>
    public void Read(ref Utf8JsonReader reader, QuestionDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong.Kind(ref reader, "an object");
        }

        var seen = 0UL;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(reader);
            if (index < 0)
            {
                throw Unknown(reader.GetString()!);
            }

            var field = fields[index];
            if ((seen & (1UL << index)) != 0)
            {
                throw new UnreadableQuestion(field.Name, "stands twice; keep one of them");
            }

            seen |= 1UL << index;
            reader.Read();
            try
            {
                field.Read(ref reader, draft);
            }
            catch (UnreadableQuestion wrong)
            {
                throw wrong.Inside(field.Name);
            }
        }
    }

    public JsonObject Shape()
    {
        var properties = new JsonObject();
        foreach (var field in fields)
        {
            properties[field.Name] = field.Schema();
        }

        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    private int Find(in Utf8JsonReader reader)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            if (fields[index].IsNamed(reader))
            {
                return index;
            }
        }

        return -1;
    }

    private UnreadableQuestion Unknown(string name)
    {
        var near = nearest(name, fields.Select(field => field.Name));
        return new UnreadableQuestion(Shown.Line(name), near is null ? $"there is no such property; there are {string.Join(", ", fields.Select(field => field.Name))}" : $"there is no such property; did you mean {near}?");
    }
}

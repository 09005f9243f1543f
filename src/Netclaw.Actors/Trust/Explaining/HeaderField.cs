using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Trust.Reading;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>The header lines of the request: an object of name to value, or to an array of values where the header stood more than once.</summary>
internal static class HeaderField
{
    private const int MostLines = 256;

    public static Field Of(string name, string description) => new(name, description, new JsonObject
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject
        {
            ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }),
        },
    }, Read);

    private static void Read(ref Utf8JsonReader reader, QuestionDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong.Kind(ref reader, "an object of header names and values");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            try
            {
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    FieldKinds.Each(ref reader, (ref item) => Add(draft, name, FieldKinds.String(ref item)));
                }
                else
                {
                    Add(draft, name, FieldKinds.String(ref reader));
                }
            }
            catch (UnreadableQuestion wrong)
            {
                throw wrong.Inside(Shown.Line(name));
            }
        }
    }

    private static void Add(QuestionDraft draft, string name, string value)
    {
        if (draft.Headers.Count == MostLines)
        {
            throw new UnreadableQuestion("", $"there are more than {MostLines} header lines");
        }

        draft.Headers.Add(new HeaderLine(name, value));
    }
}

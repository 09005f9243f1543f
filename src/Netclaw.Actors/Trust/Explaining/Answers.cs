using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>The answers to one run of lines.</summary>
internal sealed class Answers
{
    private readonly Utf8JsonWriter _json;

    public Answers() => _json = new Utf8JsonWriter(Text, ExplanationJson.Form);

    public ArrayBufferWriter<byte> Text { get; } = new(64 * 1024);

    /// <summary>How many lines were no question.</summary>
    public int Bad { get; private set; }

    public void Add(Explanation explanation, bool asText)
    {
        if (asText)
        {
            Say((Text.WrittenCount > 0 ? "\n" : "") + ExplanationText.Of(explanation));
            return;
        }

        ExplanationJson.Write(_json, explanation);
        End();
    }

    public void AddError(UnreadableQuestion wrong, long line, bool asText)
    {
        Bad++;
        if (asText)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"line {line}: {wrong.Message}\n"));
            return;
        }

        _json.WriteStartObject();
        _json.WriteStartObject("error"u8);
        _json.WriteNumber("line"u8, line);
        _json.WriteString("path"u8, wrong.Path);
        _json.WriteString("message"u8, wrong.Message);
        _json.WriteEndObject();
        _json.WriteEndObject();
        End();
    }

    private void End()
    {
        _json.Flush();
        _json.Reset();
        Text.Write("\n"u8);
    }

    private void Say(string text) => Encoding.UTF8.GetBytes(text, Text);
}

using System.Text.Json;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>One line without its end; of one that is too long, nothing is kept.</summary>
internal readonly record struct QuestionLine(ReadOnlyMemory<byte> Text, bool IsTooLong)
{
    public bool IsBlank => !IsTooLong && Text.Span.Trim(" \t\r"u8).IsEmpty;
}

internal static class QuestionLines
{
    /// <summary>Whether JSON is well formed so far and goes on in the next line.</summary>
    public static bool IsCutOff(QuestionLine line)
    {
        if (line.IsBlank || line.IsTooLong)
        {
            return false;
        }

        var reader = new Utf8JsonReader(line.Text.Span, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                {
                    return false;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return true;
    }
}

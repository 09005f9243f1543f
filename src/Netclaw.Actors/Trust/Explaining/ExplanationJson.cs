using System.Text.Encodings.Web;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>An explanation as one JSON object. Every property is always there; what does not apply is null.</summary>
internal static class ExplanationJson
{
    public static JsonWriterOptions Form { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        var (refused, who) = (explanation.Refused, explanation.Principal);
        json.WriteStartObject();
        json.WriteString("id"u8, explanation.Question.Id);
        json.WriteString("outcome"u8, explanation.Outcome);
        json.WriteString("code"u8, refused?.CodeName);
        json.WriteString("failedCheck"u8, refused?.Check);
        json.WriteString("method"u8, who?.MethodName);
        json.WriteString("principal"u8, who?.Name);
        json.WriteString("role"u8, NativeTranscript.RoleText(explanation.Role));
        json.WriteStartArray("scopes"u8);
        foreach (var scope in explanation.Scopes.ToNames())
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteString("device"u8, who?.Device?.ToString());
        json.WriteBoolean("internal"u8, who is { IsInternal: true } || explanation.Decision is AccessDecision.PairSilently { Via: SilentVia.Internal });
        Way(json, explanation);
        json.WriteString("seen"u8, refused?.Seen);
        json.WriteString("remedy"u8, explanation.Remedy);
        if (refused?.RetryAfter is { } time)
        {
            json.WriteNumber("retryAfterMs"u8, (long)time.TotalMilliseconds);
        }
        else
        {
            json.WriteNull("retryAfterMs"u8);
        }

        json.WriteEndObject();
    }

    private static void Way(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartArray("way"u8);
        for (var place = 0; place <= explanation.Answered && place < explanation.Checks.Length; place++)
        {
            json.WriteStartObject();
            json.WriteString("check"u8, explanation.Checks[place].Name);
            json.WriteString("result"u8, place == explanation.Answered ? explanation.Outcome : "passed");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

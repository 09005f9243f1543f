using System.Text.Json;

namespace Netclaw.Protocol;

/// <summary>The answer to every call: <c>ok</c> with a payload, or an error. Never both, never an exception across the wire.</summary>
public sealed record CallResponse(bool Ok, JsonElement? Payload = null, CallError? Error = null)
{
    public static CallResponse Success(JsonElement payload) => new(true, payload, null);

    public static CallResponse Failure(CallError error) => new(false, null, error);
}

/// <summary>A refusal as the client sees it.</summary>
/// <param name="Code">Netclaw's stable code, see docs/codes.md.</param>
/// <param name="Message">What was tried and what was seen, for a person; no secrets.</param>
/// <param name="Remedy">The one command that leads out; absent only where the refusal is the intended end.</param>
/// <param name="Retryable">Whether the same call can succeed later without anybody doing anything.</param>
/// <param name="RetryAfterMs">When to try again, if known.</param>
/// <param name="Details">Facts a program may use, for example <c>requestId</c>.</param>
public sealed record CallError(
    string Code, string Message, string? Remedy = null, bool Retryable = false, int? RetryAfterMs = null, JsonElement? Details = null);

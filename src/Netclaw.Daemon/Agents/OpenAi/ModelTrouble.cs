using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>A request to a model came to nothing.</summary>
/// <param name="seen">What was seen, as a clause for people; no secrets.</param>
/// <param name="code">What the turn ends with, should nothing help.</param>
internal sealed class ModelTrouble(string seen, RefusalCode code, bool isTransient, TimeSpan? retryAfter = null) : Exception(seen)
{
    public string Seen { get; } = seen;

    public RefusalCode Code { get; } = code;

    /// <summary>The same request may well come through a little later.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>When the server asked to come again.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    public static ModelTrouble Of(Exception e, Secret? key, DateTimeOffset now) => e switch
    {
        ClientResultException { Status: >= 400 } refused => Refused(refused, key, now),
        _ when Inner<AnswerTooLargeException>(e) is { } flood => new ModelTrouble(flood.Message, RefusalCode.AgentFailed, isTransient: false),
        _ when Inner<HttpRequestException>(e) is { HttpRequestError: HttpRequestError.SecureConnectionError } tls =>
            new ModelTrouble($"no secure connection: {SeenText.Of(tls.Message, key)}", RefusalCode.AgentUnavailable, isTransient: false),
        _ when Inner<HttpRequestException>(e) is { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } none =>
            new ModelTrouble($"no connection: {SeenText.Of((none.InnerException ?? none).Message, key)}", RefusalCode.AgentUnavailable, isTransient: true),
        EndOfStreamException or InvalidDataException => new ModelTrouble(e.Message, RefusalCode.AgentFailed, isTransient: e is EndOfStreamException),
        _ when Inner<JsonException>(e) is not null => new ModelTrouble("it sent what is no JSON", RefusalCode.AgentFailed, isTransient: false),
        _ when Inner<IOException>(e) is not null || Inner<HttpRequestException>(e) is not null =>
            new ModelTrouble("the connection broke", RefusalCode.AgentFailed, isTransient: true),
        _ => new ModelTrouble($"it sent what is no chat completion ({e.GetType().Name})", RefusalCode.AgentFailed, isTransient: false),
    };

    private static ModelTrouble Refused(ClientResultException refused, Secret? key, DateTimeOffset now)
    {
        var response = refused.GetRawResponse();
        var isTransient = refused.Status is 408 or 429 or >= 500;
        var seen = string.Create(CultureInfo.InvariantCulture, $"it answered {refused.Status} {response?.ReasonPhrase}").TrimEnd();
        var why = SeenText.Of(Why(response?.Content), key);
        string? header = null;
        _ = response?.Headers.TryGetValue("Retry-After", out header);
        return new ModelTrouble(
            why.Length == 0 ? seen : $"{seen}: {why}", isTransient ? RefusalCode.AgentUnavailable : RefusalCode.AgentFailed, isTransient, RetryAfterHeader.Read(header, now));
    }

    /// <summary>Of <c>{"error":{"message":…}}</c>, <c>{"error":…}</c>, or anything else as it is.</summary>
    private static string Why(BinaryData? body)
    {
        if (body is null)
        {
            return "";
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement switch
            {
                { ValueKind: JsonValueKind.Object } root when root.TryGetProperty("error", out var error) => error switch
                {
                    { ValueKind: JsonValueKind.String } => error.GetString()!,
                    { ValueKind: JsonValueKind.Object } when error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String => message.GetString()!,
                    _ => "",
                },
                _ => "",
            };
        }
        catch (JsonException)
        {
            return body.ToString();
        }
    }

    private static T? Inner<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e is AggregateException { InnerExceptions: [var first, ..] } ? first : e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }

        return null;
    }
}

using System.Net.Http.Headers;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>When a server asks to come again (RFC 9110 section 10.2.3): seconds, or a date.</summary>
internal static class RetryAfterHeader
{
    /// <returns>Null: it does not say, or says it in no form of that header.</returns>
    public static TimeSpan? Read(string? header, DateTimeOffset now) => RetryConditionHeaderValue.TryParse(header, out var value)
        ? value switch
        {
            { Delta: { } wait } => wait,
            { Date: { } date } when date > now => date - now,
            _ => TimeSpan.Zero,
        }
        : null;
}

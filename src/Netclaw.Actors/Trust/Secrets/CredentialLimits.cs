namespace Netclaw.Actors.Trust.Secrets;

/// <summary>How many wrong guesses are one too many (section <c>auth.rateLimit</c>, which says what each does).</summary>
public sealed record CredentialLimits
{
    /// <summary>Wrong guesses of one address and class within <see cref="Window"/>; the last of them locks. At least 1.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>Counted from the first wrong guess.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Lockout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Addresses that are remembered at once. At least 1.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Wrong shared secrets of all addresses together. At least 1.</summary>
    public int GlobalPerMinute { get; init; } = 600;
}

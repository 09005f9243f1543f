using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>auth.rateLimit</c>: wrong shared secrets and device tokens. Proofs by key are never limited, so nobody locks others out.</summary>
public sealed class RateLimitOptions
{
    private static readonly IntegerRange Attempts = new(1, 1000, "attempts");
    private static readonly IntegerRange Seconds = new(1, 86400, "seconds");
    private static readonly IntegerRange Entries = new(100, 1_000_000, "entries");
    private static readonly IntegerRange PerMinute = new(10, 1_000_000, "attempts");

    /// <summary>Wrong ones per client address and kind within <see cref="Window"/>. Default 10; too small locks out who mistypes, too large helps who guesses.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>Default 60 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long nothing more is looked at then. Default 300 s.</summary>
    public TimeSpan Lockout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Addresses remembered at once. Default 10000; the oldest makes room, so that a flood costs no memory.</summary>
    public int MaxEntries { get; init; } = 10000;

    /// <summary>Password-like guesses per minute from all addresses together, beyond which each is delayed. Default 600.</summary>
    public int GlobalPerMinute { get; init; } = 600;

    public CredentialLimits ToLimits() => new()
    {
        MaxAttempts = MaxAttempts,
        Window = Window,
        Lockout = Lockout,
        MaxEntries = MaxEntries,
        GlobalPerMinute = GlobalPerMinute,
    };

    internal static RateLimitOptions Read(ConfigSection section)
    {
        var options = new RateLimitOptions
        {
            MaxAttempts = section.Read("maxAttempts", 10, new IntegerForm(Attempts), "Wrong secrets of one client address and kind within the window."),
            Window = TimeSpan.FromSeconds(section.Read("windowSeconds", 60, new IntegerForm(Seconds), "The window in which wrong ones are counted.")),
            Lockout = TimeSpan.FromSeconds(section.Read("lockoutSeconds", 300, new IntegerForm(Seconds), "How long nothing more from that address is looked at.")),
            MaxEntries = section.Read("maxEntries", 10000, new IntegerForm(Entries), "Addresses remembered at once; the oldest makes room."),
            GlobalPerMinute = section.Read("globalPerMinute", 600, new IntegerForm(PerMinute), "Guesses per minute from all addresses together, beyond which each is delayed."),
        };
        section.RejectUnknown();
        return options;
    }

    internal IEnumerable<(string Key, int Value, IntegerRange Range)> Ranged() =>
    [
        ("auth.rateLimit.maxAttempts", MaxAttempts, Attempts),
        ("auth.rateLimit.windowSeconds", (int)Window.TotalSeconds, Seconds),
        ("auth.rateLimit.lockoutSeconds", (int)Lockout.TotalSeconds, Seconds),
        ("auth.rateLimit.maxEntries", MaxEntries, Entries),
        ("auth.rateLimit.globalPerMinute", GlobalPerMinute, PerMinute),
    ];
}

public sealed class RateLimitOptionsValidator : ConfigValidator<RateLimitOptions>
{
    public override IEnumerable<ConfigProblem> Check(RateLimitOptions options) => OutOfRange(options.Ranged());
}

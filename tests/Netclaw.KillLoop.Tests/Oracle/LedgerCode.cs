using Netclaw.Protocol;

namespace Netclaw.KillLoop.Oracle;

/// <summary>One pairing code that was handed out, with what became of it. Only <see cref="Ledger"/> changes it.</summary>
/// <param name="guesses">So often it is guessed at before it is redeemed, however many lives of the daemon that takes: tries of an earlier one count.</param>
internal sealed class LedgerCode(PairingCode code, string name, ScopeSet scopes, DateTimeOffset expires, int guesses)
{
    /// <summary>trust.md section 7: this many tries kill a code.</summary>
    public const int MostTries = 5;

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public PairingCode Code { get; } = code;

    /// <summary>What a device paired by it is called.</summary>
    public string Name { get; } = name;

    public ScopeSet Scopes { get; } = scopes;

    /// <summary>Exchanges that were begun, and answered.</summary>
    public int Tries { get; set; }

    /// <summary>Exchanges that may have been begun: nobody answered.</summary>
    public int TriesOnTheirWay { get; set; }

    public LedgerDevice? SpentBy { get; set; }

    /// <summary>It cannot have run out in the meantime.</summary>
    public bool IsFresh(DateTimeOffset now) => now < expires - Margin;

    public bool IsToBeGuessedAt => Tries < guesses;

    public bool MustBeDead => Tries >= MostTries;

    public bool MustBeGood(DateTimeOffset now) => IsFresh(now) && Tries + TriesOnTheirWay < MostTries;

    public override string ToString() => $"{Code.Id} ({Tries} tries and {TriesOnTheirWay} unanswered, spent by {SpentBy?.Id.Short ?? "nobody"})";
}

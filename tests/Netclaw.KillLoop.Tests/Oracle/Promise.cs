namespace Netclaw.KillLoop.Oracle;

/// <summary>What a gateway promises to hold across every kill. Closed; each failure of the loop is named by one.</summary>
internal enum Promise
{
    /// <summary>What was left behind is enough to start on, as the same gateway.</summary>
    StartsAgain,

    /// <summary>Every acknowledged pairing, change and request is there as it was acknowledged.</summary>
    KeepsWhatItAcknowledged,

    /// <summary>Nobody holds anything that was neither acknowledged nor on its way.</summary>
    GrantsNothingElse,

    /// <summary>A revoked or replaced key is let in by no way, and what it held open is closed by the acknowledgement.</summary>
    KeepsTheRevokedOut,

    /// <summary>A code pairs one device.</summary>
    SpendsACodeOnce,

    /// <summary>Every try that was answered counts, whatever happens in between.</summary>
    CountsEveryTry,

    /// <summary>A running daemon answers, and refuses only what it has a reason to refuse.</summary>
    ServesWhileItRuns,
}

/// <summary>The gateway broke a promise: which one, and what was seen.</summary>
internal sealed class BrokenPromiseException(Promise promise, string seen, Exception? cause = null) : Exception($"{promise} is broken: {seen}", cause)
{
    public Promise Promise { get; } = promise;
}

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>Verifies the signed statement of a proxy (section <c>auth.trustedProxy.assertion</c>).</summary>
public interface IAssertionVerifier
{
    /// <summary>At once, unless keys have to be fetched. Never throws for what <paramref name="assertion"/> is; never logs it.</summary>
    ValueTask<AssertionOutcome> VerifyAsync(string assertion);
}

/// <param name="User">Set when valid.</param>
public sealed record AssertionOutcome(AssertionVerdict Verdict, string? User = null);

/// <summary>Where no assertion is configured there are no keys to verify one with.</summary>
public sealed class NoAssertions : IAssertionVerifier
{
    public ValueTask<AssertionOutcome> VerifyAsync(string assertion) => ValueTask.FromResult(new AssertionOutcome(AssertionVerdict.KeysUnavailable));
}

using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>What a client offered on one connection, and what it is checked against.</summary>
public sealed record CredentialOffer(ConnectParams Hello, ConnectChallenge Challenge, ConnectionEvidence Evidence, DateTimeOffset Now);

/// <summary>Checks everything a client offered, once, before the policy is asked. Never throws for what a client sent.</summary>
public interface ICredentialChecker
{
    ValueTask<Credentials> CheckAsync(CredentialOffer offer);
}

/// <summary>Device proofs; everything else is not looked at, and so absent.</summary>
public sealed class CredentialChecker(TrustOptions options) : ICredentialChecker
{
    public ValueTask<Credentials> CheckAsync(CredentialOffer offer) =>
        ValueTask.FromResult(Credentials.Of(ProofVerifier.Verify(offer.Hello, offer.Challenge, offer.Now, options)));
}

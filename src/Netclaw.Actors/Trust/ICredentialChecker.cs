using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Trust;

/// <summary>What a client offered on one connection, and what it is checked against.</summary>
public sealed record CredentialOffer(ConnectParams Hello, ConnectChallenge Challenge, ConnectionEvidence Evidence, DateTimeOffset Now)
{
    /// <summary>What the device's signature covers, where it is the gateway protocol's; null: Netclaw's own transcript.</summary>
    public DeviceClaim? Claim { get; init; }
}

/// <summary>Checks everything a client offered, once, before the policy is asked. Never throws for what a client sent.</summary>
public interface ICredentialChecker
{
    ValueTask<Credentials> CheckAsync(CredentialOffer offer);
}

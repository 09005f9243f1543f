using Netclaw.Actors.Devices;

namespace Netclaw.Actors.Trust;

/// <summary>All that a decision may rest on.</summary>
public sealed record AccessQuestion(
    ConnectionEvidence Evidence, Hello Hello, ProofVerdict Verdict, TrustOptions Options, RegistrySnapshot Registry);

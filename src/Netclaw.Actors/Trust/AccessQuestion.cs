using Netclaw.Actors.Devices;

namespace Netclaw.Actors.Trust;

/// <summary>All that a decision may rest on.</summary>
public sealed record AccessQuestion(
    ConnectionEvidence Evidence, Hello Hello, Credentials Credentials, TrustOptions Options, RegistrySnapshot Registry);

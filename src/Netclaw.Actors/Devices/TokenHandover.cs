using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>A second token beside the first one, by a setup code's word: an app that came in as a node comes back as an operator with it.</summary>
/// <param name="Sha256">Of the token, as the registry keeps it; with its salt.</param>
public sealed record TokenHandover(SetupCodeId Setup, Role Role, string Sha256, string Salt);

using Netclaw.Actors.Trust;

namespace Netclaw.Actors.Devices;

/// <summary>How the gateway stood when it started, as far as pairing local devices without a prompt depends on it.</summary>
/// <param name="Exposure">By its configured name.</param>
/// <param name="Auth">By its configured name.</param>
public sealed record Posture(string Exposure, string Auth)
{
    public static Posture Of(TrustOptions options) => new(options.Exposure.Name(), options.Auth.Name());

    public override string ToString() => $"exposure {Exposure}, auth {Auth}";
}

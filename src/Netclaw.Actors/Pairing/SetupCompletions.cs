using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>What operators hear of a setup code that was used.</summary>
internal static class SetupCompletions
{
    public static SetupCompletion Of(IssuedSetup setup, DeviceId device, string? name) => new(
        setup.Id, device, name, setup.Roles.Contains(Role.Operator) ? SetupCodeParams.Limited : SetupCodeParams.Node, (setup.SpentAt ?? setup.ExpiresAt).ToUnixTimeMilliseconds());
}

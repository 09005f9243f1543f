using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>What operators hear of a setup code that was used.</summary>
internal static class SetupCompletions
{
    public static SetupCompletion Of(IssuedSetup setup, DeviceId device, string? name) => Of(setup.Id, device, name, setup.IsForApp, setup.SpentAt ?? setup.ExpiresAt);

    public static SetupCompletion Of(SetupCodeId setup, DeviceId device, string? name, bool isForApp, DateTimeOffset at) =>
        new(setup, device, name, isForApp ? SetupCodeParams.Limited : SetupCodeParams.Node, at.ToUnixTimeMilliseconds());
}

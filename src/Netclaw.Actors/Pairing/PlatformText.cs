using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>A label the client gives itself; kept for people when it is fit to be shown, else left out.</summary>
internal static class PlatformText
{
    public static string? Normalize(string? platform) => DeviceName.TryNormalize(platform, out var text, out _) ? text : null;
}

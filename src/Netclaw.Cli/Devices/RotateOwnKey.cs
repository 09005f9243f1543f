using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

internal sealed record KeyReport(string Profile, DeviceId DeviceId, DeviceId FormerDeviceId);

/// <summary>
/// <c>netclaw devices rotate</c> on a device that is paired: 1 the next key is on disk and noted in the profile → 2 the gateway takes it in place of
/// the former, by the signatures of both → 3 the profile names it. Cut off after 1 the former key works; after 2 the next command, or this one
/// again, finds the former shut out and goes on with the next.
/// </summary>
internal sealed class RotateOwnKey(CommandContext context)
{
    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        var profile = Chosen();
        await using var gateway = await GatewayDialer.OpenProfileAsync(profile, context, cancellation);
        if (gateway.FinishedRotationOf is { } before)
        {
            return Told(new KeyReport(profile.Name, gateway.Device!.Value, before));
        }

        using var former = context.Profiles.KeyOf(profile);
        var (noted, next) = await context.Profiles.BeginRotationAsync(profile, cancellation); // 1
        using var _ = next;
        var rotated = await RotateAsync(gateway, former, next); // 2
        await context.Profiles.FinishRotationAsync(noted, rotated.DeviceId, context.Now, CancellationToken.None); // 3
        return Told(new KeyReport(profile.Name, rotated.DeviceId, rotated.FormerDeviceId));
    }

    private static async Task<KeyRotateResult> RotateAsync(OpenGateway gateway, SigningKey former, SigningKey next)
    {
        try
        {
            return await gateway.RotateKeyAsync(former, next);
        }
        catch (CommandFailure lost) when (lost.Is(RefusalCode.EndpointUnreachable) || lost.Is(RefusalCode.TimedOut))
        {
            throw new CommandFailure(lost.Error with
            {
                Message = lost.Error.Message + " Whether the key was rotated is not known; either way one of the two works, and this command goes on from there.",
                Remedy = "netclaw devices rotate", Retryable = true,
            })
            {
                Tried = lost.Tried,
            };
        }
    }

    private Profile Chosen()
    {
        var book = context.Profiles.Load();
        var chosen = context.Options switch
        {
            { Profile: { } name } => book.ByName(name),
            { Url: { } url } => book.ByUrl(url),
            _ => book.DefaultProfile,
        };
        return chosen ?? throw new CommandFailure(
            RefusalCode.NotPaired, $"The home {context.Home.Root} is paired with no such gateway: there is no key to rotate. For a protocol device's token, name the device.",
            "netclaw devices list");
    }

    private static Report Told(KeyReport report) => Report.Of(report, () => CliJson.Readable.KeyReport, (value, screen) =>
        screen.Line($"Profile {PlainText.Of(value.Profile)} has a new key: this device is {value.DeviceId.Short} now; {value.FormerDeviceId.Short} is shut out."));
}

using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <summary><c>netclaw devices confirm</c>: an operator's word for devices that a restored backup brought back.</summary>
internal sealed class ConfirmVerb(CommandContext context)
{
    /// <param name="typed">Null: every suspended one.</param>
    public async Task<Report> RunAsync(string? typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var device = typed is null ? null : Pick.Device(typed, (await gateway.DevicesAsync(all: false)).Paired);
        var confirmed = await gateway.ConfirmDevicesAsync(new DevicesConfirmParams(device is null ? null : [device.DeviceId]));
        return Report.Of(confirmed, () => CliJson.Readable.DevicesConfirmResult, Print);
    }

    private static void Print(DevicesConfirmResult result, Screen screen)
    {
        if (result.Devices.IsEmpty)
        {
            screen.Line("Nothing to confirm: none of them was suspended.");
        }

        foreach (var device in result.Devices)
        {
            screen.Line($"{PlainText.Of(device.Name)} ({device.DeviceId.Short}) is let in again, with {Spoken.Scopes(device.Scopes)}.");
        }
    }
}

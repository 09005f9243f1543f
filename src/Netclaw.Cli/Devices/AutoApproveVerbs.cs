using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <summary><c>netclaw devices auto-approve status|confirm</c>: pairing of local devices without a prompt.</summary>
internal sealed class AutoApproveVerbs(CommandContext context)
{
    public async Task<Report> StatusAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        return Report.Of(await gateway.LocalPairingAsync(), () => CliJson.Readable.LocalPairingResult, Print);
    }

    public async Task<Report> ConfirmAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        return Report.Of(await gateway.ConfirmLocalPairingAsync(), () => CliJson.Readable.LocalPairingResult, Print);
    }

    private static void Print(LocalPairingResult local, Screen screen) => screen.Line(Sentence(local));

    private static string Sentence(LocalPairingResult local) => local.State switch
    {
        LocalPairingResult.On => $"Local devices are paired without a prompt (exposure {local.Exposure}, auth {local.AuthMode}).",
        LocalPairingResult.Suspended =>
            $"Suspended: the gateway changed to exposure {local.Exposure}, auth {local.AuthMode}. To go on in it: netclaw devices auto-approve confirm",
        _ => "Off: every device asks or brings a code (pairing.autoApproveLocal is false).",
    };
}

using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <param name="Role">Null: the device's only one, else operator.</param>
/// <param name="File">Where the token goes instead of the screen.</param>
internal sealed record TokenRotation(string Device, Role? Role, ScopeSet? Scopes, string? File);

/// <summary><c>netclaw devices rotate</c>.</summary>
internal sealed class RotateVerbs(CommandContext context)
{
    /// <summary>Of a protocol device: its bearer token, shown once. Native devices have none; their key is rotated where it lives.</summary>
    public async Task<Report> TokenAsync(TokenRotation wanted, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var device = Pick.Device(wanted.Device, (await gateway.DevicesAsync(all: false)).Paired);
        if (device.PublicKey.Algorithm == KeyAlgorithm.P256)
        {
            throw new CommandFailure(
                RefusalCode.InvalidRequest,
                $"{device.Name} ({device.DeviceId.Short}) proves itself by its key alone and has no token. Its key is made anew on that device itself.",
                "netclaw devices rotate");
        }

        var role = wanted.Role ?? (device.Roles is [var only] ? only : Role.Operator);
        using var file = wanted.File is { } path ? TokenFile.Reserve(path) : null;
        var rotated = await gateway.RotateTokenAsync(new TokenRotateParams(device.DeviceId, role, wanted.Scopes));
        if (file is not null)
        {
            file.Write(rotated.Token!);
            rotated = rotated with { Token = null };
        }

        return Report.Of(rotated, () => CliJson.Readable.TokenRotateResult, (result, screen) => Print(result, device, wanted.File, screen));
    }

    private static void Print(TokenRotateResult result, PairedDevice device, string? file, Screen screen)
    {
        screen.Line($"{PlainText.Of(device.Name)} ({result.DeviceId.Short}) has a new token as {Spoken.RoleName(result.Role)}: {Spoken.Scopes(result.Scopes)}.");
        screen.Line(result.Token is { } token ? $"Shown this once: {token.Reveal()}" : $"It is in {file}.");
    }
}

using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

internal sealed record ApproveRequest(string Id, string? Symbols, ScopeSet? Scopes, string? Name);

/// <summary><c>netclaw devices list|approve|reject|revoke</c>.</summary>
internal sealed class DeviceVerbs(CommandContext context)
{
    public async Task<Report> ListAsync(bool all, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var list = await gateway.DevicesAsync(all);
        return Report.Of(
            new DevicesReport(list.Pending, list.Paired, list.LiveCodes, gateway.ReachedBy, list.Legacy), () => CliJson.Readable.DevicesReport,
            (report, screen) => DeviceTables.Print(report, screen, context.Now));
    }

    public async Task<Report> ApproveAsync(ApproveRequest request, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var (id, pending) = Pick.Request(request.Id, (await gateway.DevicesAsync(all: false)).Pending);
        var symbols = request.Symbols ?? (pending is { Symbols: not null } ? await AskSymbolsAsync(pending, cancellation) : null);
        var approved = await gateway.ApproveAsync(new PairApproveParams(id, symbols, request.Scopes, request.Name));
        return Report.Of(approved, () => CliJson.Readable.PairApproveResult, (result, screen) =>
            screen.Line($"Approved {PlainText.Of(result.Device.Name)} ({result.Device.DeviceId.Short}): {Spoken.Scopes(result.Device.Scopes)}."));
    }

    public async Task<Report> RejectAsync(string typed, string? reason, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var (id, _) = Pick.Request(typed, (await gateway.DevicesAsync(all: false)).Pending);
        var rejected = await gateway.RejectAsync(new PairRejectParams(id, reason));
        return Report.Of(rejected, () => CliJson.Readable.PairRejectResult, (result, screen) =>
            screen.Line($"Rejected {result.RequestId} of device {result.DeviceId.Short}."));
    }

    public async Task<Report> RevokeAsync(string typed, string? reason, bool yes, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var list = await gateway.DevicesAsync(all: false);
        if (Pick.Legacy(typed, list) is { } legacy)
        {
            return await RemoveAsync(gateway, legacy, reason, yes, cancellation);
        }

        var device = Pick.Device(typed, list.Paired);
        if (!yes)
        {
            await ConfirmAsync($"{PlainText.Of(device.Name)} ({device.DeviceId.Short})", " and close its connections", device.DeviceId.Short, cancellation);
        }

        var removed = await gateway.RemoveAsync(new PairRemoveParams(device.DeviceId, reason));
        return Report.Of(removed, () => CliJson.Readable.PairRemoveResult, (result, screen) =>
            screen.Line($"Revoked {PlainText.Of(result.Name)} ({result.DeviceId.Short}); {Spoken.Count(result.ConnectionsClosed, "live connection")} closed."));
    }

    /// <summary>A device that waits for its key has no connections; its token is what ends.</summary>
    private async Task<Report> RemoveAsync(OpenGateway gateway, LegacyDeviceRow legacy, string? reason, bool yes, CancellationToken cancellation)
    {
        if (!yes)
        {
            await ConfirmAsync($"{PlainText.Of(legacy.Name)} ({legacy.LegacyId})", ", which waits for its key", legacy.LegacyId.ToString(), cancellation);
        }

        var removed = await gateway.RemoveLegacyAsync(new LegacyRemoveParams(legacy.LegacyId, reason));
        return Report.Of(removed, () => CliJson.Readable.LegacyRemoveResult, (result, screen) =>
            screen.Line($"Revoked {PlainText.Of(result.Name)} ({result.LegacyId}); its token opens nothing any more."));
    }

    private async Task ConfirmAsync(string who, string what, string id, CancellationToken cancellation)
    {
        if (!context.Screen.CanAsk)
        {
            throw new CommandFailure(
                RefusalCode.UsageError, $"Revoking {who} wants a yes, and nobody is there to give it.", $"netclaw devices revoke {id} --yes");
        }

        if (!await context.Screen.ConfirmAsync($"Revoke {who}{what}?", cancellation))
        {
            throw new CommandFailure(RefusalCode.Cancelled, $"{who} was not revoked.");
        }
    }

    private async Task<string?> AskSymbolsAsync(PendingPairing pending, CancellationToken cancellation)
    {
        if (!context.Screen.CanAsk)
        {
            throw new CommandFailure(
                RefusalCode.PairingSymbolsRequired, $"Approving {pending.RequestId} ({pending.Name}) needs the check symbols that the device shows.",
                $"netclaw devices approve {pending.RequestId} --symbols <symbols>");
        }

        // The gateway's own symbols are not shown here: reading them off this screen would compare them with themselves.
        var typed = await context.Screen.AskAsync(
            $"{PlainText.Of(pending.Name)} ({pending.DeviceId.Short}) asks to be {Spoken.RoleName(pending.Role)} with {Spoken.Scopes(pending.Scopes)}.\n"
            + "Check symbols that the device shows: ", cancellation);
        return string.IsNullOrWhiteSpace(typed)
            ? throw new CommandFailure(RefusalCode.Cancelled, $"{pending.RequestId} was not approved: no symbols were typed.")
            : typed.Trim();
    }
}

using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Devices;

/// <summary>What a device shall hold: exactly <paramref name="Set"/>, or what it has, more and less.</summary>
internal sealed record ScopesWanted(ScopeSet? Set, ScopeSet? Add, ScopeSet? Remove);

/// <summary><c>netclaw devices rename|scopes</c>.</summary>
internal sealed class ChangeVerbs(CommandContext context)
{
    public async Task<Report> RenameAsync(string typed, string name, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var device = Pick.Device(typed, (await gateway.DevicesAsync(all: false)).Paired);
        var renamed = await gateway.RenameAsync(new PairRenameParams(device.DeviceId, name));
        return Report.Of(renamed, () => CliJson.Readable.PairRenameResult, (result, screen) =>
            screen.Line($"{PlainText.Of(device.Name)} ({result.DeviceId.Short}) is now called {PlainText.Of(result.Label)}."));
    }

    public async Task<Report> ScopesAsync(string typed, ScopesWanted wanted, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var device = Pick.Device(typed, (await gateway.DevicesAsync(all: false)).Paired);
        var set = await gateway.SetScopesAsync(new ScopesSetParams(device.DeviceId, Result(device, wanted)));
        return Report.Of(set, () => CliJson.Readable.ScopesSetResult, (result, screen) => screen.Line(
            $"{PlainText.Of(result.Device.Name)} ({result.Device.DeviceId.Short}) holds {Spoken.Scopes(result.Device.Scopes)}; "
            + $"{Spoken.Count(result.ConnectionsClosed, "live connection")} closed."));
    }

    /// <summary>A scope that another one includes cannot be taken away alone: what is left must be said.</summary>
    internal static ScopeSet Result(PairedDevice device, ScopesWanted wanted)
    {
        if (wanted is { Set: { } exactly, Add: null, Remove: null })
        {
            return exactly;
        }

        if (wanted.Set is not null || wanted is { Add: null, Remove: null })
        {
            throw new CommandFailure(
                RefusalCode.UsageError, "Say either --set with exactly what the device shall hold, or --add and --remove.",
                $"netclaw devices scopes {device.DeviceId.Short} --set <scopes>");
        }

        var removed = wanted.Remove ?? ScopeSet.Empty;
        var left = new ScopeSet((device.Scopes | (wanted.Add ?? ScopeSet.Empty)).Flags & ~removed.Flags);
        var still = new ScopeSet(left.Expanded.Flags & removed.Flags);
        return still.IsEmpty
            ? left
            : throw new CommandFailure(
                RefusalCode.UsageError, $"{device.Name} would still hold {Spoken.Scopes(still)}: {Spoken.Scopes(left)} includes it. Say exactly what it shall hold.",
                $"netclaw devices scopes {device.DeviceId.Short} --set <scopes>");
    }
}

using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>Ends every pairing and begins anew under the same gateway key; with its phrase alone.</summary>
internal sealed class RecoverResetVerb : IOfflineVerb
{
    public string Name => "recover-reset";

    public IReadOnlyList<string> Options => ["--confirm"];

    public bool Writes => true;

    public bool TakesOverAReset => true;

    public async Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        try
        {
            if (await OrderAsync(call, cancellation).ConfigureAwait(false) is var (order, options, row))
            {
                await ResetAsync(call, order, options, row, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Problems.Add(RefusalCode.HomeNotWritable, $"The reset was cut short: {e.Message} It goes on where it was when it is run again.", DiskTrouble.Remedy(e, call.Home.Root));
        }

        return ExitCodes.Ok;
    }

    /// <summary>The one that is under way, or a new one.</summary>
    private static async Task<(ResetOrder Order, Configuration.NetclawOptions Options, int Row)?> OrderAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (await HomeVisit.BeginAsync(call, cancellation).ConfigureAwait(false) is not { } visit)
        {
            return null;
        }

        await using (visit.ConfigureAwait(false))
        {
            if (call.Option("--confirm") != $"reset all pairings on {visit.Options.Gateway.Name}")
            {
                call.Problems.Add(RefusalCode.ConsentRequired, "The phrase of a full reset is missing or another one. Nothing was changed.", $"{RepairPlan.Command} --full-reset");
            }
            else if (visit.Options.Persistence.UsesPostgres)
            {
                call.Problems.Add(RefusalCode.RepairNotSafe, "The journal is a database elsewhere, which is not Netclaw's to move. Restore it, or name an empty one. Nothing was changed.", "netclaw config show");
            }
            else if (FullReset.Foreign(call.Home) is { } foreign)
            {
                call.Problems.Add(RefusalCode.HomeForeign, $"{foreign} belongs to another user. Nothing was changed.", $"ls -la '{Path.GetDirectoryName(foreign)}'");
            }
            else if (KeyFile.Load(call.Home.GatewayKey) is not KeyFileResult.Loaded gateway)
            {
                call.Problems.Add(RefusalCode.KeyUnreadable, $"{call.Home.GatewayKey} cannot be used, and it is who this gateway is. Nothing was changed.", "netclaw backup restore <file>");
            }
            else
            {
                gateway.Key.Dispose();
                return (ResetOrder.Read(call.Home) ?? Fresh(visit), visit.Options, visit.Plan.Row);
            }

            return null;
        }
    }

    private static ResetOrder Fresh(HomeVisit visit)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var known = visit.Registry?.Snapshot ?? RegistrySnapshot.Empty;
        ImmutableArray<Device> tombstones =
        [
            .. known.Devices.Values.Where(device => device.IsRevoked || device.Kind == DeviceKind.Host).Select(device => device with { RevokedAt = device.RevokedAt ?? now, Tokens = [] }),
        ];
        var marked = visit.Facts.Mark is MarkFact.Present mark ? mark.Epoch : 1;
        return new ResetOrder(
            FullReset.FreeStamp(visit.Home, now), Math.Max(marked, known.Epoch) + 1, tombstones, EndedLegacy: [.. known.Legacy.Values.Where(legacy => !legacy.IsWaiting)], Host: known.Host);
    }

    internal static async Task ResetAsync(OfflineCall call, ResetOrder order, Configuration.NetclawOptions options, int row, CancellationToken cancellation)
    {
        order.Save(call.Home);
        var (moved, aside) = FullReset.Move(call.Home, order);
        using var keys = new KeyringLoader(call.Home, call.Problems).Open(options.Gateway.Name);
        if (keys is null || await OfflineRegistry.OpenAsync(call.Home, options, keys, call.Environment, call.Problems, cancellation, replaced: true).ConfigureAwait(false) is not { } registry)
        {
            return;
        }

        await using (registry.ConfigureAwait(false))
        {
            if (await FullReset.FinishAsync(call.Home, moved, keys, registry.AskAsync, () => registry.Snapshot, () => registry.Heads, registry.Now, TimeProvider.System).ConfigureAwait(false) is { } refused)
            {
                call.Problems.Add(refused.Code, $"{refused.Seen}. The reset goes on where it was when it is run again.");
                return;
            }

            call.Say(
                new RecoveryRepairResult(row, keys.Host!.Public.DeviceId, 0, 0, aside, Epoch: order.Epoch), ProtocolJson.Default.RecoveryRepairResult);
        }
    }
}

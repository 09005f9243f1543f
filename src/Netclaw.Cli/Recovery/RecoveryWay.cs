using System.Text.Json;
using Netclaw.Cli.Backups;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Recovery;

/// <summary>How a repair gets at the home: through the daemon that serves it, or by netclawd's offline verbs where none does. Never behind a daemon's back.</summary>
internal sealed class RecoveryWay(CommandContext context, int? pid)
{
    public bool IsOnline => pid is not null;

    /// <exception cref="CommandFailure">daemon_silent.</exception>
    public static async Task<RecoveryWay> FindAsync(CommandContext context, CancellationToken cancellation)
    {
        if (LockHolder.Find(context.Home.LockFile) is not { } pid)
        {
            return new RecoveryWay(context, null);
        }

        return await ControlProbe.AskAsync(context.Home.ControlSocket, cancellation) is ProbeResult.Ready or ProbeResult.NotReady { TimedOut: false }
            ? new RecoveryWay(context, pid)
            : throw new CommandFailure(RefusalCode.DaemonSilent, $"netclawd (pid {pid}) holds {context.Home.Root} and does not answer on {context.Home.ControlSocket}.");
    }

    /// <exception cref="CommandFailure">daemon_already_running.</exception>
    public void RequireOffline(string verb)
    {
        if (pid is { } running)
        {
            throw new CommandFailure(RefusalCode.DaemonAlreadyRunning, $"{verb} wants the home for itself, and netclawd (pid {running}) serves it.", "netclaw daemon stop");
        }
    }

    public async Task<RecoveryPlanResult> PlanAsync(CancellationToken cancellation)
    {
        if (!IsOnline)
        {
            return Read((await new OfflineVerb(context).RunAsync("recover-plan", [], cancellation)).Json, ProtocolJson.Default.RecoveryPlanResult);
        }

        await using var gateway = await GatewayDialer.OpenControlAsync(context, cancellation);
        return await gateway.RecoveryPlanAsync();
    }

    /// <param name="plan">The one that was agreed to; where another would be done by now, nothing is.</param>
    public async Task<RecoveryRepairResult> RepairAsync(RecoveryPlanResult plan, CancellationToken cancellation)
    {
        if (!IsOnline)
        {
            return Read((await new OfflineVerb(context).RunAsync("recover-repair", plan.Digest is { } digest ? ["--plan", digest] : [], cancellation)).Json, ProtocolJson.Default.RecoveryRepairResult);
        }

        await using var gateway = await GatewayDialer.OpenControlAsync(context, cancellation);
        return await gateway.RepairAsync(plan.Digest);
    }

    public async Task<RecoveryRepairResult> ResetAsync(string phrase, CancellationToken cancellation) =>
        Read((await new OfflineVerb(context).RunAsync("recover-reset", ["--confirm", phrase], cancellation)).Json, ProtocolJson.Default.RecoveryRepairResult);

    /// <param name="raw">Byte by byte: for a journal that is not there or cannot be read.</param>
    public async Task<BackupMade> BackUpAsync(bool raw, CancellationToken cancellation) => Read(
        (await new OfflineVerb(context).RunAsync("backup-create", raw ? ["--raw", "true"] : [], cancellation)).Json, CliJson.Readable.BackupMade);

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape) => JsonSerializer.Deserialize(json, shape)!;
}

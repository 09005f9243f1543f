using Netclaw.Cli.Devices;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Runs;

/// <summary><c>netclaw spawn</c> and <c>netclaw runs list|show|cancel</c>.</summary>
internal sealed class RunVerbs(CommandContext context)
{
    /// <summary>One wait; a longer one is asked for again.</summary>
    private const int WaitMs = 60_000;

    /// <param name="wait">Until it is over; one that ended otherwise than well is a failure.</param>
    public async Task<Report> SpawnAsync(RunsSpawnParams wanted, bool wait, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var spawned = await gateway.SpawnAsync(wanted);
        return wait
            ? Shown(Judged(await OverAsync(gateway, spawned.RunId)))
            : Report.Of(spawned, () => CliJson.Readable.RunsSpawnResult, (result, screen) => screen.Line(
                $"{result.RunId} {(result.Position == 0 ? "runs" : $"waits, {Spoken.Count(result.Position, "run")} up to its start")}. To see it: netclaw runs show {result.RunId}"));
    }

    public async Task<Report> ListAsync(bool active, int offset, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var runs = await gateway.RunsAsync(new RunsListParams { Active = active ? true : null, Limit = RunsListParams.Most, Offset = offset > 0 ? offset : null });
        return Report.Of(runs, () => CliJson.Readable.RunsListResult, (shown, screen) => RunTables.Print(shown, active, screen, context.Now));
    }

    public async Task<Report> ShowAsync(string typed, bool wait, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var run = await PickedAsync(gateway, typed);
        return Shown(wait ? await OverAsync(gateway, run) : await gateway.RunAsync(run));
    }

    public async Task<Report> CancelAsync(string typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var cancelled = await gateway.CancelRunAsync(await PickedAsync(gateway, typed));
        return Report.Of(cancelled, () => CliJson.Readable.RunsCancelResult, (result, screen) => screen.Line(
            result.Cancelled.IsEmpty ? "It was over already." : $"Cancelled {string.Join(", ", result.Cancelled)}."));
    }

    private static async Task<RunRow> OverAsync(OpenGateway gateway, RunId run)
    {
        while (true)
        {
            if (await gateway.WaitForRunAsync(new RunsWaitParams(run) { TimeoutMs = WaitMs }) is { EndedAtMs: not null } over)
            {
                return over;
            }
        }
    }

    /// <summary>The whole id, or the start of one that stands on the list alone, or a label.</summary>
    private static async Task<RunId> PickedAsync(OpenGateway gateway, string typed)
    {
        if (RunId.TryParse(typed, out var whole))
        {
            return whole;
        }

        // Each run once: one that was on a page's end may begin the next, when another was started meanwhile.
        var runs = (await Pick.OfAllPagesAsync(async from =>
        {
            var page = await gateway.RunsAsync(new RunsListParams { Limit = RunsListParams.Most, Offset = from > 0 ? from : null });
            return (page.Runs, page.NextOffset);
        })).DistinctBy(run => run.RunId);
        return Pick.One(typed, [.. runs], run => run.RunId.ToString(), run => run.Label ?? "", run => $"{run.RunId} ({run.Label ?? run.Runtime})")?.RunId
            ?? throw new CommandFailure(RefusalCode.UnknownRun, $"No run matches '{typed}'.", "netclaw runs list");
    }

    private static RunRow Judged(RunRow run) => run.Status == "done" ? run : throw new CommandFailure(
        RefusalCode.RunFailed,
        $"{run.RunId} {run.Status.Replace('_', ' ')}{(run.ExitCode is { } code ? $" with exit code {code}" : "")}.{(run.Problem is { } problem ? " " + problem : "")}",
        $"netclaw runs show {run.RunId}");

    private Report Shown(RunRow run) => Report.Of(run, () => CliJson.Readable.RunRow, (shown, screen) => RunTables.Print(shown, screen, context.Now));
}

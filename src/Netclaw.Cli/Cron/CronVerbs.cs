using System.Text.Json;
using Netclaw.Cli.Devices;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Cron;

/// <summary>A job with its latest runs.</summary>
internal sealed record CronJobReport(CronJob Job, CronRunsResult Runs);

/// <summary><c>netclaw cron add|list|show|run|runs|enable|disable|remove</c>.</summary>
internal sealed class CronVerbs(CommandContext context)
{
    private const int ShownRuns = 5;

    public async Task<Report> AddAsync(JobRequest request, CancellationToken cancellation)
    {
        var spec = request.ToSpec(context.Now);
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var added = await gateway.AddJobAsync(spec);
        return Report.Of(added, () => CliJson.Readable.CronJob, (job, screen) =>
        {
            screen.Line($"Added {job.Id}: {PlainText.Of(job.Name)}");
            screen.Lines(CronTables.Next(job, context.Time));
        });
    }

    public async Task<Report> ListAsync(bool all, string? search, int offset, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var page = await gateway.JobsAsync(new CronListParams { IncludeDisabled = all, Query = search, Offset = offset });
        return Report.Of(page, () => CliJson.Readable.CronListResult, (shown, screen) => CronTables.Print(shown, screen, context.Now));
    }

    public async Task<Report> ShowAsync(string typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var job = await gateway.JobAsync(await FindAsync(gateway, typed));
        var runs = await gateway.JobRunsAsync(new CronRunsParams { Id = job.Id.ToString(), Limit = ShownRuns });
        return Report.Of(new CronJobReport(job, runs), () => CliJson.Readable.CronJobReport, (shown, screen) => CronTables.Print(shown, screen, context.Time));
    }

    public async Task<Report> RunAsync(string typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var id = await FindAsync(gateway, typed);
        var run = await gateway.RunJobAsync(new CronRunParams { Id = id });
        return Report.Of(run, () => CliJson.Readable.CronRunResult, (shown, screen) => screen.Line(
            shown.Enqueued ? $"Run {shown.RunId} has begun; what comes of it: netclaw cron runs {id}" : $"Nothing was begun: {PlainText.Of(shown.Reason)}."));
    }

    public async Task<Report> RunsAsync(string? typed, int limit, int offset, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var id = typed is null ? null : await FindAsync(gateway, typed);
        var page = await gateway.JobRunsAsync(new CronRunsParams { Id = id, Limit = limit, Offset = offset });
        return Report.Of(page, () => CliJson.Readable.CronRunsResult, (shown, screen) => screen.Lines(CronTables.Runs(shown, context.Now).Lines(screen.Width)));
    }

    public async Task<Report> EnableAsync(string typed, bool enabled, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var patch = JsonElement.Parse(enabled ? """{"enabled":true}""" : """{"enabled":false}""");
        var changed = await gateway.UpdateJobAsync(new CronUpdateParams(patch) { Id = await FindAsync(gateway, typed) });
        return Report.Of(changed, () => CliJson.Readable.CronJob, (job, screen) =>
        {
            screen.Line($"{job.Id} is {(job.Enabled ? "enabled" : "disabled")}: {PlainText.Of(job.Name)}");
            screen.Lines(CronTables.Next(job, context.Time));
        });
    }

    public async Task<Report> RemoveAsync(string typed, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var id = await FindAsync(gateway, typed);
        var removed = await gateway.RemoveJobAsync(id);
        return Report.Of(removed, () => CliJson.Readable.CronRemoveResult, (result, screen) => screen.Line(result.Removed ? $"Removed {id} and its history." : $"There was no job {id} any more."));
    }

    /// <summary>A job by its id, the start of it, or its name.</summary>
    private static async Task<string> FindAsync(OpenGateway gateway, string typed)
    {
        if (CronJobId.TryParse(typed, out var whole))
        {
            return whole.ToString();
        }

        var jobs = await Pick.OfAllPagesAsync(async from =>
        {
            var page = await gateway.JobsAsync(new CronListParams { IncludeDisabled = true, Query = typed, SortBy = "name", Offset = from });
            return (page.Jobs, page.NextOffset);
        });
        return Pick.One(typed, jobs, job => job.Id.ToString(), job => job.Name, job => $"{job.Id} ({job.Name})")?.Id.ToString()
            ?? throw new CommandFailure(RefusalCode.CronJobNotFound, $"There is no job '{PlainText.Of(typed)}'.");
    }
}

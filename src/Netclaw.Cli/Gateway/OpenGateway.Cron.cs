using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>The methods about scheduled jobs.</summary>
internal sealed partial class OpenGateway
{
    private const string LookAtJobs = "netclaw cron list --all";

    public Task<CronListResult> JobsAsync(CronListParams parameters) => CallAsync(CronListParams.Method, parameters, ProtocolJson.Default.CronListParams, ProtocolJson.Default.CronListResult);

    public Task<CronJob> JobAsync(string id) =>
        CallAsync(CronJobParams.GetMethod, new CronJobParams { Id = id }, ProtocolJson.Default.CronJobParams, ProtocolJson.Default.CronJob);

    public Task<CronRunsResult> JobRunsAsync(CronRunsParams parameters) => CallAsync(CronRunsParams.Method, parameters, ProtocolJson.Default.CronRunsParams, ProtocolJson.Default.CronRunsResult);

    public Task<CronJob> AddJobAsync(CronJobSpec job) => ChangeAsync(CronJobSpec.Method, job, ProtocolJson.Default.CronJobSpec, ProtocolJson.Default.CronJob, LookAtJobs);

    public Task<CronJob> UpdateJobAsync(CronUpdateParams parameters) =>
        ChangeAsync(CronUpdateParams.Method, parameters, ProtocolJson.Default.CronUpdateParams, ProtocolJson.Default.CronJob, LookAtJobs);

    public Task<CronRemoveResult> RemoveJobAsync(string id) =>
        ChangeAsync(CronJobParams.RemoveMethod, new CronJobParams { Id = id }, ProtocolJson.Default.CronJobParams, ProtocolJson.Default.CronRemoveResult, LookAtJobs);

    public Task<CronRunResult> RunJobAsync(CronRunParams parameters) =>
        ChangeAsync(CronRunParams.Method, parameters, ProtocolJson.Default.CronRunParams, ProtocolJson.Default.CronRunResult, LookAtJobs);
}

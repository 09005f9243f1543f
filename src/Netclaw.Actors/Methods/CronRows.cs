using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Scheduled jobs (gateway-protocol.md section 7).</summary>
internal static class CronRows
{
    internal static readonly MethodEntry[] All =
    [
        new(CronListParams.Method, Role.Operator, Scope.Read, HandlerKey.Cron, true, typeof(CronListParams), typeof(CronListResult),
            "Jobs, a page of them; those that are enabled unless others are asked for."),
        new(CronJobParams.GetMethod, Role.Operator, Scope.Read, HandlerKey.Cron, true, typeof(CronJobParams), typeof(CronJob),
            "One job and where it stands."),
        new(CronStatusResult.Method, Role.Operator, Scope.Read, HandlerKey.Cron, true, null, typeof(CronStatusResult),
            "How many jobs there are, and when the next one is due."),
        new(CronRunsParams.Method, Role.Operator, Scope.Read, HandlerKey.Cron, true, typeof(CronRunsParams), typeof(CronRunsResult),
            "Runs that have ended, the latest first, a page of them."),
        new(CronJobSpec.Method, Role.Operator, Scope.Admin, HandlerKey.Cron, false, typeof(CronJobSpec), typeof(CronJob),
            "A new job. It may do what its owner may, for as long as they may; a run owns none."),
        new(CronUpdateParams.Method, Role.Operator, Scope.Admin, HandlerKey.Cron, true, typeof(CronUpdateParams), typeof(CronJob),
            "Changes a job; whoever does owns it from then on."),
        new(CronJobParams.RemoveMethod, Role.Operator, Scope.Admin, HandlerKey.Cron, true, typeof(CronJobParams), typeof(CronRemoveResult),
            "Removes a job with its history; what runs of it is ended."),
        new(CronRunParams.Method, Role.Operator, Scope.Admin, HandlerKey.Cron, false, typeof(CronRunParams), typeof(CronRunResult),
            "Runs a job now. Answered when the run is claimed, not when it has ended."),
        new(WakeParams.Method, Role.Operator, Scope.Write, HandlerKey.Cron, false, typeof(WakeParams), typeof(WakeResult),
            "Says something in a conversation now."),
    ];
}

using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Why a definition is not taken.</summary>
/// <param name="Message">For people, with the place.</param>
public sealed record CronObjection(RefusalCode Code, string Message);

/// <summary>What a definition must be, beyond its form. Pure.</summary>
public static class CronSpecRules
{
    private const int LongestName = 200;
    private const int MostArguments = 256;

    /// <summary>Seconds; a day.</summary>
    private const double LongestTimeout = 86_400;

    /// <summary>A time that was still to come when somebody wrote it may be past when it arrives: so much past it is taken for now.</summary>
    private static readonly TimeSpan JustPast = TimeSpan.FromSeconds(10);

    /// <param name="zone">The daemon's own, for expressions that name none.</param>
    /// <param name="isNew">The schedule is another one than before, or counts anew: a time must not be past, unless by little: then it becomes the next millisecond.</param>
    /// <returns>The definition with what was left out filled in, or why it is none.</returns>
    public static (CronJobSpec? Spec, CronObjection? Objection) Complete(CronJobSpec given, DateTimeOffset now, string zone, bool isNew)
    {
        if (Problem(given) is { } problem)
        {
            return (null, new CronObjection(RefusalCode.InvalidRequest, problem));
        }

        var spec = given with { Schedule = Filled(given.Schedule, now, zone) };
        if (CronSchedule.Of(spec.Schedule, out var wrong) is not { } schedule)
        {
            return (null, new CronObjection(RefusalCode.CronScheduleInvalid, $"at $.schedule: {wrong}"));
        }

        return !isNew || schedule is not CronSchedule.Once { Time: var time } || time > now ? (spec, null)
            : now - time <= JustPast ? (spec with { Schedule = spec.Schedule with { At = $"{now.UtcDateTime.AddMilliseconds(1):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}" } }, null)
            : (null, new CronObjection(RefusalCode.CronScheduleInvalid, $"at $.schedule.at: {time:yyyy-MM-dd'T'HH:mm:ss'Z'} is past: it is {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} now; give it a time to come, or run the job by hand"));
    }

    private static CronScheduleSpec Filled(CronScheduleSpec schedule, DateTimeOffset now, string zone) => schedule switch
    {
        { Kind: CronScheduleSpec.EveryKind, AnchorMs: null, EveryMs: > 0 and { } every } when every <= CronSchedule.LongestInterval.TotalMilliseconds =>
            schedule with { AnchorMs = now.ToUnixTimeMilliseconds() + every },
        { Kind: CronScheduleSpec.CronKind, Tz: null or "" } => schedule with { Tz = zone },
        _ => schedule,
    };

    private static string? Problem(CronJobSpec spec) => Problems(spec) ?? spec switch
    {
        { Schedule.Kind: CronScheduleSpec.OnExitKind, Policy.Overlap: CronPolicySpec.Queue or CronPolicySpec.Parallel } => "at $.policy.overlap: skip alone goes with the kind on-exit",
        _ => null,
    };

    private static string? Problems(CronJobSpec spec) =>
        NameProblem(spec) ?? ScheduleProblem(spec.Schedule) ?? PayloadProblem(spec.Payload) ?? PlaceProblem(spec) ?? DeliveryProblem(spec.Delivery)
            ?? (spec.Policy is { } policy ? CronPolicy.Problem(policy) : null);

    private static string? NameProblem(CronJobSpec spec) => spec switch
    {
        { Name.Length: 0 or > LongestName } or { DisplayName.Length: 0 or > LongestName } => $"at $.name: 1 to {LongestName} characters",
        { Description.Length: > CronOutcome.LongestText } => $"at $.description: at most {CronOutcome.LongestText} characters",
        { FailureAlert: { ValueKind: not System.Text.Json.JsonValueKind.False } } => "at $.failureAlert: alerts are not served; failures show in the job's state and in cron events",
        _ => null,
    };

    private static string? ScheduleProblem(CronScheduleSpec schedule) => schedule switch
    {
        { Kind: CronScheduleSpec.AtKind, At: not null, EveryMs: null, AnchorMs: null, Expr: null, Tz: null, StaggerMs: null, Command: null, Cwd: null } => null,
        { Kind: CronScheduleSpec.EveryKind, EveryMs: not null, At: null, Expr: null, Tz: null, StaggerMs: null, Command: null, Cwd: null } => null,
        { Kind: CronScheduleSpec.CronKind, Expr: not null, At: null, EveryMs: null, AnchorMs: null, Command: null, Cwd: null } => null,
        { Kind: CronScheduleSpec.OnExitKind, Command: not null, At: null, EveryMs: null, AnchorMs: null, Expr: null, Tz: null, StaggerMs: null } => null,
        { Kind: CronScheduleSpec.AtKind } => "at $.schedule: the kind at takes at alone",
        { Kind: CronScheduleSpec.EveryKind } => "at $.schedule: the kind every takes everyMs and anchorMs",
        { Kind: CronScheduleSpec.CronKind } => "at $.schedule: the kind cron takes expr, tz and staggerMs",
        { Kind: CronScheduleSpec.OnExitKind } => "at $.schedule: the kind on-exit takes command and cwd",
        _ => "at $.schedule.kind: at, every, cron or on-exit; others are not served",
    };

    private static string? PayloadProblem(CronPayloadSpec payload) => payload switch
    {
        { TimeoutSeconds: < 0 or > LongestTimeout or double.NaN } => "at $.payload.timeoutSeconds: 0 to 86400",
        { Kind: CronPayloadSpec.SystemEventKind, Text.Length: > 0, Message: null, Argv: null, Cwd: null, TimeoutSeconds: null } => null,
        { Kind: CronPayloadSpec.AgentTurnKind, Message.Length: > 0, Text: null, Argv: null, Cwd: null } => null,
        { Kind: CronPayloadSpec.CommandKind, Argv: { IsDefaultOrEmpty: false, Length: <= MostArguments } argv, Text: null, Message: null } =>
            argv[0].Length == 0 || argv.Any(argument => argument.Contains('\0', StringComparison.Ordinal)) ? "at $.payload.argv: a program and its arguments" : null,
        { Kind: CronPayloadSpec.SystemEventKind } => "at $.payload: the kind systemEvent takes text alone",
        { Kind: CronPayloadSpec.AgentTurnKind } => "at $.payload: the kind agentTurn takes message and timeoutSeconds",
        { Kind: CronPayloadSpec.CommandKind } => $"at $.payload: the kind command takes argv (1 to {MostArguments}), cwd and timeoutSeconds",
        _ => "at $.payload.kind: systemEvent, agentTurn or command; others are not served",
    };

    private static string? PlaceProblem(CronJobSpec spec) => spec switch
    {
        { WakeMode: not (CronJobSpec.Now or CronJobSpec.NextHeartbeat) } => "at $.wakeMode: now or next-heartbeat",
        { AgentId: { } agent } when !ConversationKey.TryParse($"agent:{agent}:main", out _) => "at $.agentId: lower case letters, digits, . _ -",
        { SessionTarget: CronJobSpec.Main or CronJobSpec.Isolated or CronJobSpec.Current } =>
            spec.SessionKey is null || CronPlaces.IsKey(spec.SessionKey) ? null : "at $.sessionKey: it names no conversation, such as agent:main:main",
        { SessionTarget: var target } when target.StartsWith(CronJobSpec.SessionPrefix, StringComparison.Ordinal) =>
            CronPlaces.IsKey(target[CronJobSpec.SessionPrefix.Length..]) ? null : "at $.sessionTarget: it names no conversation, such as session:agent:main:main",
        _ => "at $.sessionTarget: main, isolated, current or session:<key>",
    };

    private static string? DeliveryProblem(CronDeliverySpec? delivery) => delivery switch
    {
        null => null,
        { Channel: not (null or "last") } => "at $.delivery.channel: the gateway has no channels; write last, or leave it out",
        { Mode: CronDeliverySpec.Webhook, To: { } to } => WebhookAddress.TryRead(to, out _) ? null : "at $.delivery.to: an https url, or an http url of loopback, without user and password",
        { Mode: CronDeliverySpec.Webhook } => "at $.delivery.to: the webhook's url",
        { Mode: CronDeliverySpec.None or CronDeliverySpec.Announce, To: null } => null,
        { Mode: CronDeliverySpec.None or CronDeliverySpec.Announce } => "at $.delivery.to: only webhooks have one",
        _ => "at $.delivery.mode: none, announce or webhook",
    };
}

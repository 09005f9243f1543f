using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Cron;

/// <summary>A job as people type it. One of the times, one of the deeds.</summary>
internal sealed record JobRequest
{
    public string? Name { get; init; }
    public string? At { get; init; }
    public string? Every { get; init; }
    public string? Cron { get; init; }
    public string? Zone { get; init; }
    public string? Stagger { get; init; }
    public string? OnExit { get; init; }
    public string? Remind { get; init; }
    public string? Prompt { get; init; }
    public ImmutableArray<string> Command { get; init; } = [];
    public string? Session { get; init; }
    public string? Webhook { get; init; }
    public bool Announce { get; init; }
    public bool DeleteAfterRun { get; init; }
    public string? CatchUp { get; init; }
    public string? Overlap { get; init; }
    public int? Retries { get; init; }
    public ScopeSet? Scopes { get; init; }

    /// <exception cref="CommandFailure">usage_error.</exception>
    public CronJobSpec ToSpec(DateTimeOffset now)
    {
        var payload = Payload();
        return new CronJobSpec(Name ?? Called(payload), Schedule(now), Target(), CronJobSpec.Now, payload)
        {
            DeleteAfterRun = DeleteAfterRun ? true : null,
            Delivery = Webhook is { } url ? new CronDeliverySpec(CronDeliverySpec.Webhook) { To = url } : Announce ? new CronDeliverySpec(CronDeliverySpec.Announce) : null,
            Policy = CatchUp is null && Overlap is null && Retries is null ? null : new CronPolicySpec { CatchUp = CatchUp, Overlap = Overlap, Retries = Retries },
            Scopes = Scopes,
        };
    }

    private CronScheduleSpec Schedule(DateTimeOffset now) => Cron is null && Zone is not null
        ? throw Wrong("--tz is the zone of --cron; with --at, write the offset: 2030-01-31T09:00:00-05:00")
        : Cron is null && Stagger is not null ? throw Wrong("--stagger goes with --cron, and with nothing else; leave it out")
        : (At, Every, Cron, OnExit) switch
    {
        ({ } at, null, null, null) => new CronScheduleSpec(CronScheduleSpec.AtKind) { At = JobTime.At(at, now) },
        (null, { } every, null, null) => new CronScheduleSpec(CronScheduleSpec.EveryKind) { EveryMs = (long)JobTime.Span("--every", every).TotalMilliseconds },
        (null, null, { } expression, null) => new CronScheduleSpec(CronScheduleSpec.CronKind)
        {
            Expr = expression, Tz = Zone, StaggerMs = Stagger is null ? null : (long)JobTime.Span("--stagger", Stagger).TotalMilliseconds,
        },
        (null, null, null, { } command) => new CronScheduleSpec(CronScheduleSpec.OnExitKind) { Command = command },
        _ => throw Wrong("Say when: one of --at, --every, --cron and --on-exit"),
    };

    private CronPayloadSpec Payload() => (Remind, Prompt, Command.IsEmpty) switch
    {
        ({ } text, null, true) => new CronPayloadSpec(CronPayloadSpec.SystemEventKind) { Text = text },
        (null, { } message, true) => new CronPayloadSpec(CronPayloadSpec.AgentTurnKind) { Message = message },
        (null, null, false) => new CronPayloadSpec(CronPayloadSpec.CommandKind) { Argv = Command },
        _ => throw Wrong("Say what to do: one of --remind, --prompt and -- with a program and its arguments"),
    };

    private string Target() => Session switch
    {
        null => CronJobSpec.Main,
        CronJobSpec.Main or CronJobSpec.Isolated => Session,
        _ => CronJobSpec.SessionPrefix + Session,
    };

    private static string Called(CronPayloadSpec payload)
    {
        var text = (payload.Text ?? payload.Message ?? string.Join(' ', payload.Argv!.Value)).ReplaceLineEndings(" ").Trim();
        return text.Length <= 60 ? text : text[..57] + "...";
    }

    private static CommandFailure Wrong(string seen) => new(RefusalCode.UsageError, $"{seen}.", "netclaw cron add --help");
}

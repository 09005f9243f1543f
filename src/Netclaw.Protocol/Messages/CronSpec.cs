using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Protocol;

/// <summary>What a job is: the parameters of method <c>cron.add</c> (gateway-protocol.md section 7), and what the journal keeps of it.</summary>
/// <param name="SessionTarget"><c>main</c>, <c>isolated</c> (the conversation <c>cron:&lt;job&gt;</c>), <c>current</c> (that of <see cref="SessionKey"/>) or <c>session:&lt;key&gt;</c>.</param>
/// <param name="WakeMode"><c>now</c> or <c>next-heartbeat</c>; the gateway has no heartbeat and does both at once.</param>
public sealed record CronJobSpec(string Name, CronScheduleSpec Schedule, string SessionTarget, string WakeMode, CronPayloadSpec Payload)
{
    public const string Method = "cron.add";
    public const string Main = "main";
    public const string Isolated = "isolated";
    public const string Current = "current";
    public const string SessionPrefix = "session:";
    public const string Now = "now";
    public const string NextHeartbeat = "next-heartbeat";

    /// <summary>Of the parameters as they arrive; more is refused unread.</summary>
    public const int MostBytes = 256 * 1024;

    public string? DisplayName { get; init; }

    /// <summary>Whose main conversation; null: the default agent's.</summary>
    public string? AgentId { get; init; }

    /// <summary>The conversation that <c>current</c> means.</summary>
    public string? SessionKey { get; init; }

    public string? Description { get; init; }

    /// <summary>Left out: true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The job goes when a run of it has succeeded. Left out: false.</summary>
    public bool? DeleteAfterRun { get; init; }

    public CronDeliverySpec? Delivery { get; init; }

    /// <summary>Only <c>false</c> is taken: what fails shows in the job's state and in events.</summary>
    public JsonElement? FailureAlert { get; init; }

    /// <summary>Netclaw's own; the protocol's clients neither send nor see it.</summary>
    public CronPolicySpec? Policy { get; init; }

    /// <summary>Netclaw's own: what a command may do at the gateway while it runs, never more than its owner may. Left out: read and write; empty: it gets no credential.</summary>
    public ScopeSet? Scopes { get; init; }
}

/// <summary>When a job runs.</summary>
/// <param name="Kind"><c>at</c>, <c>every</c>, <c>cron</c> or <c>on-exit</c>; each takes its own members and no others.</param>
public sealed record CronScheduleSpec(string Kind)
{
    public const string AtKind = "at";
    public const string EveryKind = "every";
    public const string CronKind = "cron";
    public const string OnExitKind = "on-exit";

    /// <summary>ISO 8601 with an offset, or Unix milliseconds, as a text.</summary>
    public string? At { get; init; }

    public long? EveryMs { get; init; }

    /// <summary>Unix ms of the first time; left out: one interval from now.</summary>
    public long? AnchorMs { get; init; }

    /// <summary>Five fields as crontab(5) has them, or six with seconds before them.</summary>
    public string? Expr { get; init; }

    /// <summary>An IANA time zone; left out: the daemon's own.</summary>
    public string? Tz { get; init; }

    /// <summary>Runs late by up to so much, each job by an amount of its own.</summary>
    public long? StaggerMs { get; init; }

    /// <summary>A line for /bin/sh; the job runs each time it has ended.</summary>
    public string? Command { get; init; }

    public string? Cwd { get; init; }
}

/// <summary>What a job does.</summary>
/// <param name="Kind"><c>systemEvent</c>, <c>agentTurn</c> or <c>command</c>; each takes its own members and no others.</param>
public sealed record CronPayloadSpec(string Kind)
{
    public const string SystemEventKind = "systemEvent";
    public const string AgentTurnKind = "agentTurn";
    public const string CommandKind = "command";

    /// <summary>A reminder's.</summary>
    public string? Text { get; init; }

    /// <summary>What the agent is asked.</summary>
    public string? Message { get; init; }

    /// <summary>A program and its arguments; never a shell's line.</summary>
    public ImmutableArray<string>? Argv { get; init; }

    public string? Cwd { get; init; }

    /// <summary>Left out or 0: ten minutes.</summary>
    public double? TimeoutSeconds { get; init; }
}

/// <summary>What happens to what came of a run.</summary>
/// <param name="Mode"><c>none</c>, <c>announce</c> (into the main conversation) or <c>webhook</c>.</param>
public sealed record CronDeliverySpec(string Mode)
{
    public const string None = "none";
    public const string Announce = "announce";
    public const string Webhook = "webhook";

    /// <summary>Only <c>last</c> is taken: the gateway has no channels.</summary>
    public string? Channel { get; init; }

    /// <summary>The webhook's url: https, or http on loopback.</summary>
    public string? To { get; init; }

    /// <summary>A run whose delivery failed counts as good all the same.</summary>
    public bool? BestEffort { get; init; }
}

/// <summary>How a job bears what goes wrong.</summary>
public sealed record CronPolicySpec
{
    public const string Once = "once";
    public const string Skip = "skip";
    public const string All = "all";
    public const string Queue = "queue";
    public const string Parallel = "parallel";

    /// <summary>Times missed while the daemon was down or the clock jumped: <c>once</c> (default) for all of them, <c>skip</c>, or <c>all</c>.</summary>
    public string? CatchUp { get; init; }

    /// <summary>As many of the missed or queued times are run, the latest; 1 to 100, left out: 10.</summary>
    public int? CatchUpMost { get; init; }

    /// <summary>A time that comes while the job still runs: <c>skip</c> (default), <c>queue</c> or <c>parallel</c>.</summary>
    public string? Overlap { get; init; }

    /// <summary>How often a failed run is tried again; 0 to 10, left out: 3 for reminders, which are never doubled by it, and 0 for everything else.</summary>
    public int? Retries { get; init; }

    /// <summary>Before the first retry; doubled before each further one. 100 ms to a day, left out: 30 s.</summary>
    public long? RetryBackoffMs { get; init; }

    /// <summary>A run that the daemon's end cut off is tried again too. Left out: false, since it may have done its work.</summary>
    public bool? RetryLost { get; init; }

    /// <summary>Failures in a row, retries not counted, after which the job is disabled; 0: never. Left out: 10.</summary>
    public int? DisableAfter { get; init; }
}

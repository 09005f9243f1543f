using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Whoever added a job. What they may do bounds what it does, also when they may do less by then.</summary>
/// <param name="Subject">As audit records name them.</param>
/// <param name="Device">Null: no device of the registry's.</param>
public sealed record CronOwner(string Subject, ScopeSet Scopes, DeviceId? Device = null);

/// <summary>Why a run began.</summary>
public enum CronCause
{
    /// <summary>Its time had come.</summary>
    Due,

    /// <summary>Somebody asked for it.</summary>
    Asked,

    /// <summary>The one before failed.</summary>
    Retry,

    /// <summary>The watched command had ended.</summary>
    Exit,
}

/// <summary>A run that has been claimed and has not ended.</summary>
/// <param name="Number">Counts the runs of one job from 1.</param>
/// <param name="Fire">The number of the first try; what a run does once only is named by it.</param>
/// <param name="DueAt">The time that it is for.</param>
/// <param name="Attempt">0, and one more for each retry.</param>
public sealed record CronRun(long Number, long Fire, DateTimeOffset DueAt, DateTimeOffset StartedAt, int Attempt, CronCause Cause);

/// <summary>A failed run that will be tried again.</summary>
public sealed record CronRetry(DateTimeOffset At, long Fire, DateTimeOffset DueAt, int Attempt);

/// <summary>How a run ended.</summary>
public enum CronStatus
{
    Ok,
    Error,

    /// <summary>Times that the policy left out: nothing was run.</summary>
    Skipped,

    /// <summary>The daemon went down meanwhile: what it did is not known.</summary>
    Lost,
}

/// <summary>What came of a run, as it is kept.</summary>
/// <param name="Error">For people; null when it is good.</param>
/// <param name="Summary">The end of what came of it.</param>
/// <param name="Delivered">Null: nothing was to be delivered.</param>
public sealed record CronOutcome(CronStatus Status, string? Error = null, string? Summary = null, bool? Delivered = null, string? DeliveryError = null)
{
    public const int LongestText = 2000;

    /// <summary>Of a run that was under way when the daemon went down.</summary>
    public static readonly CronOutcome Lost = new(CronStatus.Lost, "The daemon went down while it ran; what it did is not known");

    /// <summary>With texts of <see cref="LongestText"/> at most, the end of each.</summary>
    public CronOutcome Bounded() => this with { Error = End(Error), Summary = End(Summary), DeliveryError = End(DeliveryError) };

    private static string? End(string? text) => text is { Length: > LongestText } ? string.Concat("...", text.AsSpan(text.Length - LongestText + 3)) : text;
}

/// <summary>A run in the history.</summary>
/// <param name="Number">0 for times that were left out.</param>
public sealed record CronEntry(long Number, DateTimeOffset DueAt, DateTimeOffset StartedAt, DateTimeOffset EndedAt, CronOutcome Outcome);

/// <summary>The gateway disabled a job by itself.</summary>
public sealed record CronDisabling(DateTimeOffset At, string Reason, int Failures);

/// <summary>One job: what it is, and where it stands. Pure.</summary>
/// <param name="Spec">Complete, see <see cref="CronSpecRules"/>.</param>
/// <param name="Cursor">No time up to here is run any more on the schedule's account.</param>
public sealed record ScheduledJob(CronJobId Id, CronOwner Owner, CronJobSpec Spec, bool Enabled, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Revision, DateTimeOffset Cursor)
{
    /// <summary>Runs of one job at once where its policy lets them overlap.</summary>
    public const int MostParallel = 16;

    public long LastNumber { get; init; }
    public CronRetry? Retry { get; init; }

    /// <summary>Times up to here are run one after the other, however late.</summary>
    public DateTimeOffset? Backlog { get; init; }
    public ImmutableArray<CronRun> Running { get; init; } = [];

    /// <summary>The latest last.</summary>
    public ImmutableArray<CronEntry> History { get; init; } = [];

    /// <summary>In a row, retries not counted.</summary>
    public int Failures { get; init; }
    public CronDisabling? Disabling { get; init; }

    /// <summary>Made of the definition; null, and <see cref="Problem"/>, when this machine cannot read it any more, for example because it lacks the time zone.</summary>
    public CronSchedule? Schedule { get; private init; }
    public string? Problem { get; private init; }

    /// <summary>Why what it watches does not run, as far as this process has come; not stored.</summary>
    public string? WatchProblem { get; init; }

    public CronPolicy Policy { get; private init; } = CronPolicy.Default;

    /// <summary>With what follows from its definition.</summary>
    public ScheduledJob Read()
    {
        var schedule = CronSchedule.Of(Spec.Schedule, out var problem);
        return this with { Schedule = schedule, Problem = problem, Policy = CronPolicy.Of(Spec) };
    }

    /// <summary>When something is to be done about it next; null: nothing, until somebody asks or a run ends.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            if (!Enabled || (Running.Length > 0 && (Policy.Overlap != CronOverlap.Parallel || Running.Length >= MostParallel)))
            {
                return null;
            }

            var regular = NextTime;
            return Retry is { } retry && !(regular < retry.At) ? retry.At : regular;
        }
    }

    /// <summary>The next time of its schedule, whether it can be run then or not; null: none.</summary>
    public DateTimeOffset? NextTime => Enabled ? Schedule?.NextAfter(Cursor, Id.ToString()) : null;

    public string RunId(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Id}-{number}");
}

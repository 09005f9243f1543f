using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Times missed while nobody was there to run them.</summary>
public enum CronCatchUp
{
    /// <summary>One run for all of them.</summary>
    Once,
    Skip,

    /// <summary>One after the other, the latest <see cref="CronPolicy.Most"/>.</summary>
    All,
}

/// <summary>Times that come while the job still runs.</summary>
public enum CronOverlap
{
    Skip,

    /// <summary>One after the other, the latest <see cref="CronPolicy.Most"/>.</summary>
    Queue,
    Parallel,
}

/// <summary>How a job bears what goes wrong, everything filled in.</summary>
/// <param name="RetryBackoff">Before the first retry; doubled for each further one.</param>
/// <param name="DisableAfter">0: never.</param>
public sealed record CronPolicy(CronCatchUp CatchUp, int Most, CronOverlap Overlap, int Retries, TimeSpan RetryBackoff, bool RetryLost, int DisableAfter)
{
    /// <summary>A time counts as missed when it is later than this.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    public static readonly CronPolicy Default = new(CronCatchUp.Once, 10, CronOverlap.Skip, 0, TimeSpan.FromSeconds(30), RetryLost: false, 10);

    private const int RemindersRetries = 3;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromDays(1);

    /// <summary>A reminder is one message however often it is tried; nothing else is.</summary>
    public static bool IsRepeatable(CronJobSpec spec) => spec.Payload.Kind == CronPayloadSpec.SystemEventKind;

    public static CronPolicy Of(CronJobSpec spec)
    {
        var given = spec.Policy ?? new CronPolicySpec();
        return new CronPolicy(
            given.CatchUp switch
            {
                CronPolicySpec.Skip => CronCatchUp.Skip,
                CronPolicySpec.All => CronCatchUp.All,
                _ => CronCatchUp.Once,
            },
            given.CatchUpMost ?? Default.Most,
            given.Overlap switch
            {
                CronPolicySpec.Queue => CronOverlap.Queue,
                CronPolicySpec.Parallel => CronOverlap.Parallel,
                _ => CronOverlap.Skip,
            },
            given.Retries ?? (IsRepeatable(spec) ? RemindersRetries : 0),
            TimeSpan.FromMilliseconds(given.RetryBackoffMs ?? (long)Default.RetryBackoff.TotalMilliseconds),
            given.RetryLost ?? IsRepeatable(spec), given.DisableAfter ?? Default.DisableAfter);
    }

    /// <param name="attempt">Of the retry, from 1.</param>
    public TimeSpan BackoffBefore(int attempt) =>
        TimeSpan.FromTicks((long)Math.Min(LongestBackoff.Ticks, RetryBackoff.Ticks * Math.Pow(2, attempt - 1)));

    /// <summary>What is wrong with it, with its place; null: nothing.</summary>
    public static string? Problem(CronPolicySpec given) => given switch
    {
        { CatchUp: not (null or CronPolicySpec.Once or CronPolicySpec.Skip or CronPolicySpec.All) } => "at $.policy.catchUp: once, skip or all",
        { CatchUpMost: < 1 or > 100 } => "at $.policy.catchUpMost: 1 to 100",
        { Overlap: not (null or CronPolicySpec.Skip or CronPolicySpec.Queue or CronPolicySpec.Parallel) } => "at $.policy.overlap: skip, queue or parallel",
        { Retries: < 0 or > 10 } => "at $.policy.retries: 0 to 10",
        { RetryBackoffMs: < 100 or > 86_400_000 } => "at $.policy.retryBackoffMs: 100 to 86400000",
        { DisableAfter: < 0 or > 1000 } => "at $.policy.disableAfter: 0 to 1000",
        _ => null,
    };
}

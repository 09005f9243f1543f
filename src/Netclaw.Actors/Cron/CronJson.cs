using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>One job's part of a snapshot.</summary>
internal sealed record StoredJob(
    CronJobId Id, CronOwner Owner, CronJobSpec Spec, bool Enabled, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Revision, DateTimeOffset Cursor, long LastNumber, int Failures,
    ImmutableArray<CronRun> Running, ImmutableArray<CronEntry> History)
{
    public CronRetry? Retry { get; init; }
    public DateTimeOffset? Backlog { get; init; }
    public CronDisabling? Disabling { get; init; }

    public static StoredJob Of(ScheduledJob job) => new(
        job.Id, job.Owner, job.Spec, job.Enabled, job.CreatedAt, job.UpdatedAt, job.Revision, job.Cursor, job.LastNumber, job.Failures, job.Running, job.History)
    {
        Retry = job.Retry, Backlog = job.Backlog, Disabling = job.Disabling,
    };

    public ScheduledJob Restored() => new(Id, Owner, Spec, Enabled, CreatedAt, UpdatedAt, Revision, Cursor)
    {
        LastNumber = LastNumber, Failures = Failures, Running = Running, History = History, Retry = Retry, Backlog = Backlog, Disabling = Disabling,
    };
}

/// <summary>A snapshot.</summary>
internal sealed record StoredJobs(long Revision, ImmutableArray<StoredJob> Jobs);

/// <summary>The stored form of every event, compiled ahead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true, MaxDepth = 32)]
[JsonSerializable(typeof(CronEvent.Added))]
[JsonSerializable(typeof(CronEvent.Updated))]
[JsonSerializable(typeof(CronEvent.Removed))]
[JsonSerializable(typeof(CronEvent.Claimed))]
[JsonSerializable(typeof(CronEvent.Ended))]
[JsonSerializable(typeof(CronEvent.Skipped))]
[JsonSerializable(typeof(CronEvent.Disabled))]
[JsonSerializable(typeof(StoredJobs))]
internal sealed partial class CronJson : JsonSerializerContext;

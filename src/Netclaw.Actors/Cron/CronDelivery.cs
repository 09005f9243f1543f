using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>What is told of a run that has ended. Pure.</summary>
public static class CronDelivery
{
    /// <summary>A webhook's body.</summary>
    public static byte[] Body(ScheduledJob job, CronRun run, CronOutcome outcome, DateTimeOffset now) => JsonSerializer.SerializeToUtf8Bytes(
        new Told(job.Id, job.Spec.Name, job.RunId(run.Number), CronForms.Status(outcome.Status), run.DueAt.ToUnixTimeMilliseconds(), run.StartedAt.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds(),
            run.Attempt)
        {
            Summary = outcome.Summary, Error = outcome.Error,
        }, CronDeliveryJson.Default.Told);

    public static string Text(ScheduledJob job, CronOutcome outcome) =>
        $"{job.Spec.Name}: {(outcome.Status == CronStatus.Ok ? outcome.Summary is { Length: > 0 } summary ? summary : "done" : outcome.Error)}";

    /// <summary>Somebody is told how runs of it end.</summary>
    public static bool IsWanted(CronJobSpec spec) => spec.Delivery is { Mode: CronDeliverySpec.Webhook } or { Mode: CronDeliverySpec.Announce };

    /// <summary>And not by the run itself.</summary>
    public static bool IsDue(CronJobSpec spec) => spec.Delivery switch
    {
        { Mode: CronDeliverySpec.Webhook, To: { } to } => WebhookAddress.TryRead(to, out _),
        { Mode: CronDeliverySpec.Announce } => IsHeardElsewhere(spec),
        _ => false,
    };

    /// <summary>What is said in the main conversation by itself is not said there again.</summary>
    public static bool IsHeardElsewhere(CronJobSpec spec) => spec.SessionTarget != CronJobSpec.Main || spec.Payload.Kind == CronPayloadSpec.CommandKind;

    internal sealed record Told(CronJobId JobId, string JobName, string RunId, string Status, long DueAtMs, long StartedAtMs, long EndedAtMs, int Attempt)
    {
        public string? Summary { get; init; }
        public string? Error { get; init; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CronDelivery.Told))]
internal sealed partial class CronDeliveryJson : JsonSerializerContext;

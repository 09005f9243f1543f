using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Parameters of <c>cron.*</c> as they are read: a member that is not of the form is a mistake, for example an option that a job then would not have.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, MaxDepth = 32)]
[JsonSerializable(typeof(CronJobSpec))]
[JsonSerializable(typeof(CronListParams))]
[JsonSerializable(typeof(CronJobParams))]
[JsonSerializable(typeof(CronUpdateParams))]
[JsonSerializable(typeof(CronRunParams))]
[JsonSerializable(typeof(CronRunsParams))]
[JsonSerializable(typeof(WakeParams))]
internal sealed partial class CronParamsJson : JsonSerializerContext;

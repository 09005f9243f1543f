using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Details of <c>missing_scope</c>, as protocol clients read them.</summary>
public sealed record MissingScopeDetails(string MissingScope, ScopeSet RequiredScopes);

/// <summary>Details of <c>cron_job_not_found</c>, as protocol clients read them.</summary>
public sealed record CronJobMissing(string JobId)
{
    /// <summary>The protocol's word for it.</summary>
    public string Code => "CRON_JOB_NOT_FOUND";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MissingScopeDetails))]
[JsonSerializable(typeof(CronJobMissing))]
internal sealed partial class MethodJson : JsonSerializerContext;

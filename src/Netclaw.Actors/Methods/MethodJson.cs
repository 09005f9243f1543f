using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Details of <c>missing_scope</c>, as protocol clients read them.</summary>
public sealed record MissingScopeDetails(string MissingScope, ScopeSet RequiredScopes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MissingScopeDetails))]
internal sealed partial class MethodJson : JsonSerializerContext;

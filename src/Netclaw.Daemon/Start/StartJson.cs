using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Start;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallError[]))]
[JsonSerializable(typeof(StartProblemDetails))]
internal sealed partial class StartJson : JsonSerializerContext;

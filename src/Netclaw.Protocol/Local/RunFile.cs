using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>What a running daemon wrote about itself into <see cref="NetclawHome.RunFile"/>.</summary>
/// <param name="Endpoints">http urls as bound, for example <c>http://127.0.0.1:5199</c>.</param>
/// <param name="SharedSocket">Where other users of this machine come in; null: nobody is listed.</param>
public sealed record RunFile(int Pid, long StartedAtMs, GatewayId GatewayId, string GatewayName, PublicKey GatewayKey, ImmutableArray<string> Endpoints, string ControlSocket, string Version, string? SharedSocket = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunFile))]
public sealed partial class LocalJson : JsonSerializerContext;

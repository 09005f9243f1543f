using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>Closed sets travel as their names. A number is refused: it could be a member that does not exist.</summary>
public sealed class WireNameConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;

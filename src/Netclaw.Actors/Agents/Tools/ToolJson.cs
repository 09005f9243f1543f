using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Netclaw.Actors.Agents.Tools;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ToolJson : JsonSerializerContext;

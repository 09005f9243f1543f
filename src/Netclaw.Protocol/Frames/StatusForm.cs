namespace Netclaw.Protocol.Frames;

/// <summary>Status as protocol clients read it (gateway-protocol.md section 7): what there is none of here is empty, never made up.</summary>
internal static class StatusForm
{
    public static System.Text.Json.JsonElement Of(StatusResult status) => GatewayJson.Write(writer =>
    {
        writer.WriteString("runtimeVersion"u8, status.Daemon.Version);
        writer.WriteStartObject("heartbeat"u8);
        writer.WriteString("defaultAgentId"u8, HealthForm.MainAgent);
        writer.WriteNames("agents"u8, []);
        writer.WriteEndObject();
        writer.WriteNames("channelSummary"u8, []);
        writer.WriteNames("queuedSystemEvents"u8, []);
        writer.WriteStartObject("sessions"u8);
        writer.WriteNames("paths"u8, []);
        writer.WriteNumber("count"u8, 0);
        writer.WriteStartObject("defaults"u8);
        writer.WriteNull("model"u8);
        writer.WriteNull("contextTokens"u8);
        writer.WriteEndObject();
        writer.WriteNames("recent"u8, []);
        writer.WriteNames("byAgent"u8, []);
        writer.WriteEndObject();
    });
}

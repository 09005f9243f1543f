using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>Health as protocol clients read it (gateway-protocol.md section 7): no channels here, so those members are empty.</summary>
public static class HealthForm
{
    internal const string MainAgent = "main";

    public static JsonElement Of(HealthResult health) => GatewayJson.Write(writer =>
    {
        // The protocol knows no other answer than a healthy one: who is not does not say ok.
        if (health.Ok)
        {
            writer.WriteBoolean("ok"u8, true);
        }

        writer.WriteNumber("ts"u8, health.Ts);
        writer.WriteNumber("durationMs"u8, 0);
        writer.WriteStartObject("channels"u8);
        writer.WriteEndObject();
        writer.WriteNames("channelOrder"u8, []);
        writer.WriteStartObject("channelLabels"u8);
        writer.WriteEndObject();
        writer.WriteNumber("heartbeatSeconds"u8, 0);
        writer.WriteString("defaultAgentId"u8, MainAgent);
        writer.WriteNames("agents"u8, []);
        writer.WriteStartObject("sessions"u8);
        writer.WriteString("path"u8, "journal");
        writer.WriteNumber("count"u8, 0);
        writer.WriteNames("recent"u8, []);
        writer.WriteEndObject();
    });
}

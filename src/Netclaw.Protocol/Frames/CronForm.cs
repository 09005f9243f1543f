using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>Jobs in the protocol's closed form: without Netclaw's own part of them.</summary>
internal static class CronForm
{
    private const string Own = "netclaw";

    public static JsonElement Job(JsonElement job) => GatewayJson.Write(writer => WriteJob(writer, job));

    /// <summary>A page of jobs.</summary>
    public static JsonElement Jobs(JsonElement page) => GatewayJson.Write(writer => WriteWith(writer, page, "jobs", jobs =>
    {
        writer.WriteStartArray();
        foreach (var job in jobs.EnumerateArray())
        {
            writer.WriteStartObject();
            WriteJob(writer, job);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }));

    /// <summary>An event about a job.</summary>
    public static JsonElement Event(JsonElement told) => GatewayJson.Write(writer => WriteWith(writer, told, "job", job =>
    {
        writer.WriteStartObject();
        WriteJob(writer, job);
        writer.WriteEndObject();
    }));

    private static void WriteJob(Utf8JsonWriter writer, JsonElement job)
    {
        foreach (var member in job.EnumerateObject().Where(member => !member.NameEquals(Own)))
        {
            member.WriteTo(writer);
        }
    }

    private static void WriteWith(Utf8JsonWriter writer, JsonElement whole, string name, Action<JsonElement> write)
    {
        foreach (var member in whole.EnumerateObject())
        {
            if (member.NameEquals(name))
            {
                writer.WritePropertyName(name);
                write(member.Value);
            }
            else
            {
                member.WriteTo(writer);
            }
        }
    }
}

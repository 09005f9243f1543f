using System.Text.Json;

namespace Netclaw.Cli.Processes;

/// <summary>
/// The two facts of netclaw.json that a command needs before a daemon answers. Read forgivingly: whether the file is right is
/// the daemon's to judge, and it says so when it starts.
/// </summary>
public sealed record ConfigHints(string Address, int Port, TimeSpan Drain)
{
    private const int DefaultDrainSeconds = 10;

    public static ConfigHints Read(string configFile)
    {
        var address = "127.0.0.1";
        var port = Netclaw.Protocol.Limits.DefaultPort;
        var drain = DefaultDrainSeconds;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(configFile), new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
            });
            if (Member(document.RootElement, "listen") is { } listen)
            {
                address = Member(listen, "address") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : address;
                port = Member(listen, "port") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : port;
            }

            drain = Member(document.RootElement, "shutdown") is { } shutdown
                && Member(shutdown, "drainSeconds") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt32(out var budget) ? budget : drain;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // No file, or one that the daemon will complain about: the defaults.
        }

        return new ConfigHints(address, port, TimeSpan.FromSeconds(Math.Clamp(drain, 0, 3600)));
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;
}

using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// <c>device.status</c>: to <c>{loadAverage:[1, 5, 15 minutes], memoryFreeBytes, diskAvailableBytes, uptimeSeconds}</c>. Free memory is what programs could
/// have without swapping; the disk is that of the first root, or of the home directory.
/// </summary>
internal sealed class DeviceStatus(NodeRules rules) : INodeCommand
{
    public string Name => "device.status";

    public async Task<NodeAnswer> RunAsync(JsonElement parameters, CancellationToken cancellation)
    {
        try
        {
            var load = await File.ReadAllTextAsync("/proc/loadavg", cancellation);
            var memory = await File.ReadAllTextAsync("/proc/meminfo", cancellation);
            var uptime = await File.ReadAllTextAsync("/proc/uptime", cancellation);
            var disk = new DriveInfo(rules.Roots.FirstOrDefault(Directory.Exists) ?? Home()).AvailableFreeSpace;
            return Payload.Of(json =>
            {
                json.WriteStartArray("loadAverage");
                foreach (var value in KernelText.Load(load))
                {
                    json.WriteNumberValue(value);
                }

                json.WriteEndArray();
                json.WriteNumber("memoryFreeBytes", KernelText.MemoryBytes(memory, "MemAvailable"));
                json.WriteNumber("diskAvailableBytes", disk);
                json.WriteNumber("uptimeSeconds", KernelText.UptimeSeconds(uptime));
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new NodeAnswer.Failed(NodeAnswer.Failed.NotDone, $"{Name}: this machine's state cannot be read: {e.Message}");
        }
    }

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home && Directory.Exists(home) ? home : "/";
}

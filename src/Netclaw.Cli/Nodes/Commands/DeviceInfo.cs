using System.Runtime.InteropServices;
using System.Text.Json;
using Netclaw.Cli.Commands;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary><c>device.info</c>: to <c>{hostname, platform, arch, cpuCount, memoryTotalBytes, version}</c>, what stays the same while the node runs.</summary>
internal sealed class DeviceInfo : INodeCommand
{
    public string Name => "device.info";

    public async Task<NodeAnswer> RunAsync(JsonElement parameters, CancellationToken cancellation)
    {
        try
        {
            var memory = await File.ReadAllTextAsync("/proc/meminfo", cancellation);
            return Payload.Of(json =>
            {
                json.WriteString("hostname", Environment.MachineName);
                json.WriteString("platform", "linux");
                json.WriteString("arch", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
                json.WriteNumber("cpuCount", Environment.ProcessorCount);
                json.WriteNumber("memoryTotalBytes", KernelText.MemoryBytes(memory, "MemTotal"));
                json.WriteString("version", VersionText.Number);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new NodeAnswer.Failed(NodeAnswer.Failed.NotDone, $"{Name}: /proc cannot be read: {e.Message}");
        }
    }
}

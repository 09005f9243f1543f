using System.Text.Json;
using Netclaw.Cli.Nodes.Commands;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>What this machine has and has left, as a node tells its gateway each minute. What cannot be read is left out.</summary>
internal static class HostStats
{
    public static NodeEventParams Event() =>
        new(NodeHostStats.EventName) { PayloadJson = JsonSerializer.Serialize(Read(), ProtocolJson.Default.NodeHostStats) };

    public static NodeHostStats Read()
    {
        var memory = Kernel("/proc/meminfo");
        var stats = new NodeHostStats(Environment.ProcessorCount)
        {
            LoadAverage = Kernel("/proc/loadavg") is { } load ? [.. KernelText.Load(load)] : null,
            MemoryTotalBytes = memory is null ? null : KernelText.MemoryBytes(memory, "MemTotal"),
            MemoryFreeBytes = memory is null ? null : KernelText.MemoryBytes(memory, "MemAvailable"),
        };
        return Disk() is { } disk ? stats with { DiskTotalBytes = disk.TotalSize, DiskAvailableBytes = disk.AvailableFreeSpace } : stats;
    }

    private static string? Kernel(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static DriveInfo? Disk()
    {
        try
        {
            var drive = new DriveInfo(Environment.CurrentDirectory);
            _ = drive.TotalSize;
            return drive;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

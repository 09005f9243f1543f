using System.Globalization;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>What this machine has and has left, as a node tells its gateway each minute. What cannot be read is left out.</summary>
internal static class HostStats
{
    public static NodeEventParams Event() =>
        new(NodeHostStats.EventName) { PayloadJson = JsonSerializer.Serialize(Read(), ProtocolJson.Default.NodeHostStats) };

    public static NodeHostStats Read()
    {
        var memory = GC.GetGCMemoryInfo();
        var stats = new NodeHostStats(Environment.ProcessorCount)
        {
            LoadAverage = Loads(), MemoryTotalBytes = memory.TotalAvailableMemoryBytes, MemoryFreeBytes = Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes),
        };
        return Disk() is { } disk ? stats with { DiskTotalBytes = disk.TotalSize, DiskAvailableBytes = disk.AvailableFreeSpace } : stats;
    }

    private static System.Collections.Immutable.ImmutableArray<double>? Loads()
    {
        try
        {
            return [.. File.ReadAllText("/proc/loadavg").Split(' ').Take(3).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
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

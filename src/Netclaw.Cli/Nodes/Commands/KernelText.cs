using System.Globalization;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>The texts below /proc, see proc(5).</summary>
internal static class KernelText
{
    /// <summary>Of /proc/meminfo; 0 when it has no such line.</summary>
    /// <param name="name">Such as <c>MemTotal</c>.</param>
    public static long MemoryBytes(string memory, string name)
    {
        var line = memory.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return line is not null && long.TryParse(Words(line).ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes * 1024 : 0;
    }

    /// <summary>Of /proc/loadavg: over 1, 5 and 15 minutes.</summary>
    public static IReadOnlyList<double> Load(string load) => [.. Words(load).Take(3).Select(Number)];

    /// <summary>Of /proc/uptime.</summary>
    public static long UptimeSeconds(string uptime) => (long)Number(Words(uptime).FirstOrDefault() ?? "");

    private static string[] Words(string text) => text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static double Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

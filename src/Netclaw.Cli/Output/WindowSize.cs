using System.Runtime.InteropServices;

namespace Netclaw.Cli.Output;

/// <summary>The terminal's size from the kernel (ioctl_tty(2), TIOCGWINSZ). The framework's own way writes control sequences to the terminal first.</summary>
internal static partial class WindowSize
{
    private const int StandardOutput = 1;
    private const nuint GetWindowSize = 0x5413;

    /// <summary>Columns of the terminal on stdout; null when the kernel does not say.</summary>
    public static int? Columns() =>
        OperatingSystem.IsLinux() && Control(StandardOutput, GetWindowSize, out var size) == 0 && size.Columns > 0 ? size.Columns : null;

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int Control(int descriptor, nuint request, out Size size);

    [StructLayout(LayoutKind.Sequential)]
    private struct Size
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelsWide;
        public ushort PixelsHigh;
    }
}

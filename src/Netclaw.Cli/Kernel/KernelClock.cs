using System.Runtime.InteropServices;

namespace Netclaw.Cli.Kernel;

/// <summary>What the kernel knows of its clock's quality, see adjtimex(2). Asked, never set.</summary>
internal static partial class KernelClock
{
    private const int NotSynchronized = 5;
    private const int StructBytes = 208;

    /// <summary>Null: the kernel does not tell.</summary>
    public static bool? IsSynchronized()
    {
        Span<byte> ask = stackalloc byte[StructBytes];
        ask.Clear();
        return AdjTime(ref MemoryMarshal.GetReference(ask)) switch
        {
            < 0 => null,
            NotSynchronized => false,
            _ => true,
        };
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjTime(ref byte timex);
}

using System.Runtime.InteropServices;

namespace Netclaw.Daemon.Evidence;

/// <summary>Makes this process the one that orphans among its descendants fall back to (prctl(2), PR_SET_CHILD_SUBREAPER), so that nobody leaves the family by a double fork.</summary>
public static partial class Subreaper
{
    private const int SetChildSubreaper = 36;

    /// <returns>False where the kernel does not know it.</returns>
    public static bool Become() => Prctl(SetChildSubreaper, 1, 0, 0, 0) == 0;

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}

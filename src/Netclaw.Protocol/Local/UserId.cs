using System.Runtime.InteropServices;

namespace Netclaw.Protocol;

/// <summary>The effective user id of this process, from the kernel.</summary>
public static partial class UserId
{
    public const uint Root = 0;

    /// <summary>What the kernel reports for an id that has no mapping; counts as unknown everywhere.</summary>
    public const uint Overflow = 65534;

    public static uint Current { get; } = GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}

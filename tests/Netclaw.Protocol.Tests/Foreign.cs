using System.Runtime.InteropServices;

namespace Netclaw.Protocol.Tests;

/// <summary>Makes things belong to somebody else; only root can.</summary>
internal static partial class Foreign
{
    public static void GiveAway(string path, uint owner) => Assert.Equal(0, LChown(path, owner, owner));

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LChown(string path, uint owner, uint group);
}

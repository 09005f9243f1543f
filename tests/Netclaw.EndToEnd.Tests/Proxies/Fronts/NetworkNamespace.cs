using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>setns(2).</summary>
internal static partial class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000;

    /// <summary>Moves the calling thread; nothing else, and there is no way back.</summary>
    public static void Enter(string path)
    {
        using var handle = File.OpenHandle(path);
        if (SetNs(handle, CloneNewNet) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(SafeFileHandle descriptor, int kind);
}

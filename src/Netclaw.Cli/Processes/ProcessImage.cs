using System.Runtime.InteropServices;

namespace Netclaw.Cli.Processes;

/// <summary>Becomes another program: same pid, same streams, so that supervisors and signals see the daemon itself.</summary>
internal static partial class ProcessImage
{
    /// <summary>Returns only when it failed: the kernel's message.</summary>
    public static string Replace(string executable, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment)
        {
            _ = SetVariable(name, value, 1);
        }

        _ = Execute(executable, [executable, .. arguments, null]);
        return Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}

using System.Runtime.InteropServices;

namespace Netclaw.Daemon.Lifetime;

/// <summary>What a daemon does that outlives its terminal: a session of its own, and, once nobody waits for its first words any more, no standard streams.</summary>
internal static partial class Detachment
{
    private const int ReadWrite = 2;

    /// <summary>Fails only for a process group's leader, which has a terminal of its own then and is left alone.</summary>
    public static void LeaveTerminal() => _ = SetSid();

    public static void LetGoOfStreams()
    {
        var nothing = Open("/dev/null", ReadWrite);
        if (nothing < 0)
        {
            return;
        }

        for (var stream = 0; stream <= 2; stream++)
        {
            _ = Dup2(nothing, stream);
        }

        if (nothing > 2)
        {
            _ = Close(nothing);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

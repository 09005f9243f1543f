using System.Runtime.InteropServices;

namespace Netclaw.EndToEnd.Tests.Machines;

/// <summary>Signals to processes that a test has started; see signal(7).</summary>
internal static partial class Signal
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int pid, int signal) => Assert.Equal(0, SendSignal(pid, signal));

    /// <param name="signal">0: none, which is sent to nobody.</param>
    public static void SendUnlessGone(int pid, int signal) => _ = SendSignal(pid, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}

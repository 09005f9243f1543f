using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Netclaw.Protocol.Tests;

/// <summary>Makes things belong to somebody else; only root can.</summary>
internal static partial class Foreign
{
    /// <summary>Whether this process may do any of it.</summary>
    public static bool IsPossible => UserId.Current == UserId.Root;

    public static void GiveAway(string path, uint owner) => Assert.Equal(0, LChown(path, owner, owner));

    /// <summary>Listens as another user: the raw system call changes one thread's user, and that thread is thrown away.</summary>
    public static void ListenAs(Socket socket, uint user)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var setResUid = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 147 : 117;
                Assert.Equal(0, SysCall(setResUid, -1, (nint)user, -1));
                socket.Listen();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LChown(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SysCall(nint number, nint real, nint effective, nint saved);
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Spawning;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Locking;

/// <summary>
/// One daemon per home: an exclusive advisory lock on run/netclawd.lock, which holds the pid. The kernel drops it with the process,
/// so a killed daemon is no obstacle. It is an open-file-description lock (<c>fcntl(2)</c>, F_OFD_SETLK), not a <c>flock</c>: every
/// file that the base library opens takes a shared <c>flock</c>, so a reader of the pid would collide with the holder. It is held until after the control socket is unlinked: a stopping daemon can then never
/// unlink its successor's socket. The file itself stays, for unlinking it would let two daemons lock two files of one name.
/// </summary>
public sealed partial class DaemonLock : IDisposable
{
    private const int SetLock = 37;
    private const short WriteLock = 1;
    private const int WouldBlock = 11;
    private const int PermissionDenied = 13;

    private readonly FileStream _file;

    private DaemonLock(FileStream file, ChildrenEnded? ended) => (_file, LeftBehind) = (file, ended);

    /// <summary>What became of the programs of the daemon that held it before and came to no end; null: it came to one.</summary>
    public ChildrenEnded? LeftBehind { get; }

    /// <summary>Programs of this daemon live on: whoever takes the lock next is to look for them.</summary>
    public bool LeavesChildren { get; set; }

    /// <returns>Null, with the problem added, when another daemon holds it or the file cannot be opened.</returns>
    public static DaemonLock? TryAcquire(NetclawHome home, StartProblems problems)
    {
        FileStream file;
        try
        {
            file = FileCalls.Current.OpenOrCreate(home.LockFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"The lock {home.LockFile} cannot be opened: {e.Message}", DiskTrouble.Remedy(e, Path.GetDirectoryName(home.LockFile)!));
            return null;
        }

        if (!Sabotage.Is(Break.LockNotHeld) && Fcntl(file.SafeFileHandle, SetLock, new LockRange { Type = WriteLock }) != 0)
        {
            problems.Add(Marshal.GetLastPInvokeError() is WouldBlock or PermissionDenied ? Held(home, file) : new StartProblem(
                RefusalCode.HomeNotWritable,
                $"The lock {home.LockFile} cannot be taken: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}."));
            file.Dispose();
            return null;
        }

        try
        {
            // A pid that stands there is that of a daemon that was killed. Whatever is done to the home now, is done without its programs.
            ChildrenEnded? ended = file.Length > 0 ? new ChildFamily(ChildMark.Of(home)).End() : null;
            FileCalls.Current.Truncate(file, 0);
            FileCalls.Current.Write(file, Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            return new DaemonLock(file, ended);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(RefusalCode.HomeNotWritable, $"The lock {home.LockFile} cannot be written: {e.Message}", DiskTrouble.Remedy(e, Path.GetDirectoryName(home.LockFile)!));
            file.Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        if (!_file.SafeFileHandle.IsClosed)
        {
            if (!LeavesChildren)
            {
                Forget();
            }

            _file.Dispose();
        }
    }

    /// <summary>A pid that stays is of no harm: only who holds the lock counts.</summary>
    private void Forget()
    {
        try
        {
            FileCalls.Current.Truncate(_file, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static StartProblem Held(NetclawHome home, FileStream file)
    {
        Span<byte> text = stackalloc byte[32];
        var pid = Encoding.ASCII.GetString(text[..file.Read(text)]).Trim();
        var who = pid.Length > 0 ? $"process {pid}" : "a process that is starting or stopping";
        return new StartProblem(RefusalCode.LockHeld, $"Another daemon runs on {home.Root}: {who}.", Key: "pid", Value: pid.Length > 0 ? pid : null);
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, in LockRange range);

    /// <summary><c>struct flock</c> on 64-bit Linux; all zero is the whole file, and the pid must be zero.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    private struct LockRange
    {
        [FieldOffset(0)] public short Type;
    }
}

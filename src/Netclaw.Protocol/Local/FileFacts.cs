using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Netclaw.Protocol;

/// <summary>What the kernel says about one file: the framework tells the mode but not the owner. From <c>statx(2)</c>, whose layout is the same on every Linux.</summary>
/// <param name="Owner">The owning user's id.</param>
/// <param name="Mode">Permission bits without the type.</param>
/// <param name="ModifiedNs">When its content was changed, Unix time in nanoseconds, in the kernel's steps of some milliseconds.</param>
/// <param name="ChangedNs">When anything of it was changed; no program can set this back.</param>
public readonly partial record struct FileFacts(
    FileKind Kind, uint Owner, UnixFileMode Mode, ulong Size, ulong Inode, ulong Device, long ModifiedNs, long ChangedNs)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int NoSuchFile = 2;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public bool IsOpenToOthers => (Mode & Others) != 0;

    public bool IsWritableByOthers => (Mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    /// <summary>As <c>ls</c> and <c>chmod</c> write it, four octal digits.</summary>
    public string ModeText => Convert.ToString((int)Mode, 8).PadLeft(4, '0');

    public bool IsSameFileAs(FileFacts other) => Inode == other.Inode && Device == other.Device;

    /// <summary>Of the path itself, a symbolic link included; null when nothing is there.</summary>
    /// <exception cref="IOException">The kernel refused, for example because a directory on the way is closed.</exception>
    public static FileFacts? OfPath(string path) => Of(path, NoFollow);

    /// <summary>Of what a path leads to through symbolic links; null when nothing is there.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static FileFacts? OfTarget(string path) => Of(path, 0);

    /// <summary>Of an open file.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static FileFacts OfHandle(SafeFileHandle handle) =>
        StatX(handle, "", EmptyPath, BasicStats, out var raw) == 0 ? From(raw) : throw Failed(Marshal.GetLastPInvokeError());

    private static FileFacts? Of(string path, int flags)
    {
        if (StatX(CurrentDirectory, path, flags, BasicStats, out var raw) == 0)
        {
            return From(raw);
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchFile ? null : throw Failed(error);
    }

    private static FileFacts From(in Raw raw) => new(
        (raw.Mode & 0xF000) switch { 0x8000 => FileKind.File, 0x4000 => FileKind.Directory, 0xA000 => FileKind.Link, 0xC000 => FileKind.Socket, _ => FileKind.Other },
        raw.Owner, (UnixFileMode)(raw.Mode & 0xFFF), raw.Size, raw.Inode, ((ulong)raw.DeviceMajor << 32) | raw.DeviceMinor,
        raw.Modified.Nanoseconds, raw.Changed.Nanoseconds);

    private static IOException Failed(int error) => new(new Win32Exception(error).Message);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, out Raw result);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(SafeFileHandle directory, string path, int flags, uint mask, out Raw result);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Raw
    {
        [FieldOffset(20)] public uint Owner;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(96)] public Instant Changed;
        [FieldOffset(112)] public Instant Modified;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Instant
    {
        public long Seconds;
        public uint Fraction;
        public int Reserved;

        public readonly long Nanoseconds => Seconds * 1_000_000_000 + Fraction;
    }
}

/// <summary>What a path is.</summary>
public enum FileKind
{
    Other,
    File,
    Directory,
    Link,
    Socket,
}

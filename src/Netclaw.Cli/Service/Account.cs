using System.Runtime.InteropServices;

namespace Netclaw.Cli.Service;

/// <summary>A user of this machine, as its name service knows it (getpwnam(3), getpwuid(3)).</summary>
/// <param name="Directory">The home directory.</param>
internal sealed partial record Account(string Name, uint Id, string Directory)
{
    private const int LongestEntry = 1 << 20;
    private const int NotEnoughRoom = 34;

    private delegate int Lookup(out Entry entry, ref byte buffer, nuint length, out nint found);

    public static Account? Named(string name) => Find((out Entry entry, ref byte buffer, nuint length, out nint found) => ByName(name, out entry, ref buffer, length, out found));

    public static Account? Numbered(uint id) => Find((out Entry entry, ref byte buffer, nuint length, out nint found) => ById(id, out entry, ref buffer, length, out found));

    private static Account? Find(Lookup lookup)
    {
        for (var room = 1024; room <= LongestEntry; room *= 4)
        {
            // The entry points into the buffer, so it may not move before both are read.
            var buffer = GC.AllocateArray<byte>(room, pinned: true);
            var status = lookup(out var entry, ref buffer[0], (nuint)room, out var found);
            if (status != NotEnoughRoom)
            {
                var account = status == 0 && found != 0 ? new Account(Text(entry.Name), entry.UserId, Text(entry.Directory)) : null;
                GC.KeepAlive(buffer);
                return account;
            }
        }

        return null;
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text) ?? "";

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ByName(string name, out Entry entry, ref byte buffer, nuint length, out nint found);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int ById(uint id, out Entry entry, ref byte buffer, nuint length, out nint found);

    /// <summary><c>struct passwd</c> on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public nint Name;
        public nint Password;
        public uint UserId;
        public uint GroupId;
        public nint Comment;
        public nint Directory;
        public nint Shell;
    }
}

using System.Runtime.InteropServices;

namespace Netclaw.Daemon.Accounts;

/// <summary>
/// Asks the C library (getpwnam_r, getpwuid_r, getgrnam_r), and so whatever the machine is set up to ask: files, LDAP, SSSD. Where its name service
/// cannot be reached, nobody is called so.
/// </summary>
public sealed partial class SystemAccounts : IAccounts
{
    private const int LongestEntry = 1 << 20;
    private const int NotEnoughRoom = 34;

    private delegate int Lookup<T>(string name, Span<byte> buffer, out T? found);

    public IReadOnlyCollection<string> UserNames => Names("/etc/passwd");

    public IReadOnlyCollection<string> GroupNames => Names("/etc/group");

    public uint? FindUser(string name) => Find<uint?>(name, (string wanted, Span<byte> buffer, out uint? id) =>
    {
        var status = GetUser(wanted, out var entry, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, out var found);
        id = status == 0 && found != 0 ? entry.UserId : null;
        return status;
    });

    public Account? Find(uint user) => Find<Account>("", (string _, Span<byte> buffer, out Account? account) =>
    {
        var status = GetUser(user, out var entry, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, out var found);
        account = status == 0 && found != 0 ? new Account(user, entry.GroupId, Text(entry.Name), Text(entry.Home)) : null;
        return status;
    });

    public uint? FindGroup(string name) => Find<uint?>(name, (string wanted, Span<byte> buffer, out uint? id) =>
    {
        var status = GetGroup(wanted, out var entry, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, out var found);
        id = status == 0 && found != 0 ? entry.GroupId : null;
        return status;
    });

    private static T? Find<T>(string name, Lookup<T> lookup)
    {
        // The entry's texts need room as well, and a large group has many. They are pointed at: what they stand in must not move.
        for (var room = 1024; room <= LongestEntry; room *= 4)
        {
            if (lookup(name, GC.AllocateArray<byte>(room, pinned: true), out var found) != NotEnoughRoom)
            {
                return found;
            }
        }

        return default;
    }

    private static string Text(nint pointer) => Marshal.PtrToStringUTF8(pointer) ?? "";

    private static string[] Names(string file)
    {
        try
        {
            return [.. File.ReadLines(file).Select(line => line.Split(':')[0]).Where(name => name.Length > 0 && name[0] is not ('#' or '+' or '-'))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // As far as it is read; the rest of both is room (passwd(5), group(5): no field beyond 48 bytes on Linux).
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct UserEntry
    {
        public nint Name;
        public nint Password;
        public uint UserId;
        public uint GroupId;
        public nint Comment;
        public nint Home;
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct GroupEntry
    {
        public nint Name;
        public nint Password;
        public uint GroupId;
    }

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetUser(string name, out UserEntry entry, ref byte buffer, nuint length, out nint found);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int GetUser(uint user, out UserEntry entry, ref byte buffer, nuint length, out nint found);

    [LibraryImport("libc", EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetGroup(string name, out GroupEntry entry, ref byte buffer, nuint length, out nint found);
}

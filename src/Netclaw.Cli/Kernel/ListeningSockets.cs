using System.Globalization;
using System.Net;

namespace Netclaw.Cli.Kernel;

/// <summary>A TCP socket that listens.</summary>
/// <param name="Inode">By which its process has it open.</param>
/// <param name="Owner">User id.</param>
internal sealed record ListeningSocket(IPEndPoint EndPoint, uint Owner, string Inode)
{
    /// <summary>A second listener at <paramref name="wanted"/> would be refused.</summary>
    public bool Takes(IPEndPoint wanted) => EndPoint.Port == wanted.Port
        && (EndPoint.Address.Equals(wanted.Address) || IsAny(EndPoint.Address, wanted.Address) || IsAny(wanted.Address, EndPoint.Address));

    private static bool IsAny(IPAddress any, IPAddress other) =>
        any.Equals(IPAddress.IPv6Any) || (any.Equals(IPAddress.Any) && other.AddressFamily == any.AddressFamily);
}

/// <summary>The sockets that listen on this machine, from /proc/net/tcp and tcp6 (proc(5)): nothing is bound to find out, which would keep a starting daemon from its port.</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";

    public static IEnumerable<ListeningSocket> All() => Of("/proc/net/tcp").Concat(Of("/proc/net/tcp6"));

    /// <summary>The process that has it open; null: another user's, whose descriptors are not told.</summary>
    public static int? HolderOf(ListeningSocket socket)
    {
        var link = $"socket:[{socket.Inode}]";
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Has(process, link))
            {
                return pid;
            }
        }

        return null;
    }

    private static bool Has(string process, string link)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(process, "fd")).EnumerateFileSystemInfos().Any(descriptor => descriptor.LinkTarget == link);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // It ended meanwhile, or is somebody else's.
        }
    }

    private static IEnumerable<ListeningSocket> Of(string table)
    {
        if (!File.Exists(table))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(table).Skip(1))
        {
            // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, Listening, _, _, _, var owner, _, var inode, ..] && Parse(local) is { } endpoint)
            {
                yield return new ListeningSocket(endpoint, uint.Parse(owner, CultureInfo.InvariantCulture), inode);
            }
        }
    }

    /// <summary>Each 32 bits of the address are in the order of this machine; the port is a plain number.</summary>
    private static IPEndPoint? Parse(string text)
    {
        if (text.Split(':') is not [var address, var port] || address.Length is not (8 or 32))
        {
            return null;
        }

        var bytes = Convert.FromHexString(address);
        for (var word = 0; word < bytes.Length && BitConverter.IsLittleEndian; word += 4)
        {
            bytes.AsSpan(word, 4).Reverse();
        }

        var ip = new IPAddress(bytes);
        return new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}

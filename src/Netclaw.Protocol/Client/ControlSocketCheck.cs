using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;

namespace Netclaw.Protocol;

/// <summary>
/// Who is at the other end of a control socket. Its directory must belong to the home's owner or root and be closed for writing to
/// everybody else, and so must the process that listens, as the kernel names it: then nobody can have put a socket of their own there.
/// </summary>
internal static class ControlSocketCheck
{
    public static void Directory(GatewayEndpoint.Control endpoint)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(endpoint.SocketPath))!;
        try
        {
            switch (FileFacts.OfPath(directory))
            {
                case null:
                    throw Nobody(endpoint, "there is no such directory");
                case { Kind: not FileKind.Directory }:
                    throw Foreign(endpoint, $"{directory} is not a directory of its own");
                case { } facts when !IsTrusted(facts.Owner, endpoint):
                    throw Foreign(endpoint, Owned($"its directory belongs to user {facts.Owner}", endpoint));
                case { IsWritableByOthers: true } facts:
                    throw Foreign(endpoint, $"others may write its directory (mode {facts.ModeText})");
            }

            if (FileFacts.OfPath(endpoint.SocketPath) is null)
            {
                throw Nobody(endpoint, "there is no such socket");
            }
        }
        catch (IOException e)
        {
            throw GatewayException.Of(RefusalCode.EndpointUnreachable, $"Tried {endpoint.Shown}: {e.Message}.", cause: e);
        }
    }

    public static void Server(GatewayEndpoint.Control endpoint, Socket socket)
    {
        if (PeerUser(socket) is not { } user)
        {
            throw Foreign(endpoint, "the kernel does not name the process that serves it");
        }

        if (!IsTrusted(user, endpoint))
        {
            throw Foreign(endpoint, Owned($"user {user} serves it", endpoint));
        }
    }

    public static GatewayException Nobody(GatewayEndpoint.Control endpoint, string seen) =>
        GatewayException.Of(RefusalCode.EndpointUnreachable, $"Tried {endpoint.Shown}: {seen}.", "netclaw daemon start");

    private static GatewayException Foreign(GatewayEndpoint.Control endpoint, string seen) => GatewayException.Of(
        RefusalCode.ControlSocketForeign, $"Tried {endpoint.Shown}: {seen}. Nothing was sent to it.",
        $"ls -la {Path.GetDirectoryName(endpoint.SocketPath)}");

    private static string Owned(FormattableString seen, GatewayEndpoint.Control endpoint) =>
        seen.ToString(CultureInfo.InvariantCulture) + string.Create(CultureInfo.InvariantCulture, $", the home to user {endpoint.Owner}");

    private static bool IsTrusted(uint user, GatewayEndpoint.Control endpoint) => user == endpoint.Owner || user == UserId.Root;

    /// <summary><c>SO_PEERCRED</c>, unix(7): pid, uid, gid of whoever called listen. Unknown where the system has no such thing; the overflow id is unknown too.</summary>
    private static uint? PeerUser(Socket socket)
    {
        const int SocketLevel = 1;
        const int PeerCredentials = 17;
        Span<byte> credentials = stackalloc byte[12];
        if (!OperatingSystem.IsLinux() || socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) != credentials.Length)
        {
            return null;
        }

        var user = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(credentials[4..]);
        return user == UserId.Overflow ? null : user;
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Listeners;

/// <summary>Takes the configured address before anything else is started; nobody can connect until Kestrel listens on it.</summary>
public static class TcpListenSocket
{
    /// <returns>Null, with the problem added, when the address cannot be had.</returns>
    public static Socket? Bind(IPEndPoint endpoint, StartProblems problems)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (ListenFailure.Explain(e, endpoint) is { } problem)
        {
            problems.Add(problem);
            return null;
        }
    }
}

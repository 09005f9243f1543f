using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Listeners;

/// <summary>What a listener that cannot be opened means for a person.</summary>
internal static class ListenFailure
{
    /// <returns>Null when it is something else.</returns>
    public static StartProblem? Explain(Exception failure, IPEndPoint endpoint)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressInUseException:
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return Problem($"Another program listens on {endpoint}.");
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return Problem($"This user may not listen on {endpoint}: ports below 1024 are root's.");
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable }:
                    return Problem($"This machine has no address {endpoint.Address}.");
            }
        }

        return null;

        StartProblem Problem(string message) => new(RefusalCode.PortInUse, message, Key: "listen", Value: endpoint.ToString());
    }
}

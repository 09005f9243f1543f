namespace Netclaw.Actors.Trust.Reading;

/// <summary>Whether a Host header can only have been written by a client on this machine's own socket or loopback.</summary>
public static class LoopbackHost
{
    /// <summary>
    /// True for no Host, <c>localhost</c>, the sockets' file names, and loopback literals, each with or without a port. A name that a
    /// resolver would have to look up is never local, whatever it resolves to.
    /// </summary>
    public static bool IsLocal(string? host) => string.IsNullOrEmpty(host)
        || (HostHeader.TryParse(host, out var parsed) && (parsed.IsLoopback || parsed.Name is "control.sock" or "shared.sock"));
}

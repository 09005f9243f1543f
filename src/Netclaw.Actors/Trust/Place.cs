namespace Netclaw.Actors.Trust;

/// <summary>What a connection's place may stand for. None of it is an identity; each is one condition beside a proof.</summary>
internal static class Place
{
    /// <summary>Straight from a process of this machine, as far as the network can tell: exposure local, loopback, a loopback Host, no proxy in between.</summary>
    public static bool IsDirectLocal(this AccessQuestion asked) => IsDirectLocal(asked.Evidence, asked.Options);

    /// <summary>Nobody on the way can read what is sent: the control socket, direct loopback, or TLS that a trusted hop vouches for.</summary>
    public static bool IsPrivate(ConnectionEvidence evidence, TrustOptions options) => evidence.Listener switch
    {
        ListenerKind.Control => true,
        ListenerKind.Shared => false,
        ListenerKind.Tcp => IsDirectLocal(evidence, options) || evidence.TlsAttested,
        _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence.Listener, "no such listener"),
    };

    /// <summary>From another machine, or from whomever a proxy or tunnel speaks for.</summary>
    public static bool IsRemote(this AccessQuestion asked) =>
        asked.Evidence.Place != RemotePlace.Loopback || asked.Evidence.Forwarded || asked.Options.Exposure.IsTunnel();

    /// <summary>A browser has a hand in it.</summary>
    public static bool IsFromBrowser(this AccessQuestion asked) => asked.Evidence is { Origin: not null } or { CrossSite: true };

    /// <summary>A process of a listed user inside this machine's trust boundary: the kernel names the user, nothing stands in between.</summary>
    public static bool IsInternal(this AccessQuestion asked) =>
        asked.Evidence is { Place: RemotePlace.Loopback, HostIsLoopback: true, Forwarded: false }
        && asked.Options is ({ Exposure: ExposureMode.Local } or { Exposure: ExposureMode.ReverseProxy, TrustedProxy.AllowLoopback: true })
        && !asked.IsFromBrowser()
        && asked.Options.LoopbackUids.Admits(asked.Evidence.RemoteUserId);

    /// <summary>An internal client that the owner lets in as <c>loopbackUser</c>: it says nothing about a user itself, and no proxy wrote a word.</summary>
    public static bool IsLoopbackUser(this AccessQuestion asked) =>
        asked.Options is { Auth: AuthMode.TrustedProxy, TrustedProxy: { AllowLoopback: true, LoopbackUser: not null } }
        && asked.Evidence is { User.State: HeaderState.Absent, Assertion.State: HeaderState.Absent }
        && asked.IsInternal();

    private static bool IsDirectLocal(ConnectionEvidence evidence, TrustOptions options) =>
        options.Exposure == ExposureMode.Local && evidence is { Listener: ListenerKind.Tcp, Place: RemotePlace.Loopback, HostIsLoopback: true, Forwarded: false };
}

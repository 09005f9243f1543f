namespace Netclaw.Protocol;

/// <summary>Where a gateway is asked for. Closed.</summary>
public abstract record GatewayEndpoint
{
    private GatewayEndpoint()
    {
    }

    /// <summary>As a person reads it in messages.</summary>
    public abstract string Shown { get; }

    /// <summary>The control socket of a home on this machine.</summary>
    public static Control OfHome(NetclawHome home) => new(home.ControlSocket) { Owner = OwnerOf(home.Root) };

    /// <summary>A socket that somebody named: one's own or root's, unless its path says whose shared socket it is.</summary>
    public static Control OfSocket(string path) => new(path) { Owner = SharedSocket.OwnerOf(path) ?? UserId.Current };

    private static uint OwnerOf(string root)
    {
        try
        {
            // The home may be reached over a link of somebody else's making; what counts is whose directory it is.
            var target = Directory.ResolveLinkTarget(root, returnFinalTarget: true)?.FullName ?? root;
            return FileFacts.OfPath(target) is { } facts ? facts.Owner : UserId.Current;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return UserId.Current; // whoever may not look at the home does not get at its socket either
        }
    }

    /// <summary>A Unix domain socket. The kernel names its server, so no pin is needed.</summary>
    public sealed record Control(string SocketPath) : GatewayEndpoint
    {
        /// <summary>Whom the socket's directory and its server must belong to, unless to root: the owner of the home.</summary>
        public uint Owner { get; init; } = UserId.Current;

        public override string Shown => "the control socket " + SocketPath;
    }

    /// <summary>An address as <see cref="GatewayAddress"/> reads it; a path in it is a prefix.</summary>
    public sealed record Http(Uri BaseUri) : GatewayEndpoint
    {
        public override string Shown => BaseUri.AbsoluteUri.TrimEnd('/');
    }
}

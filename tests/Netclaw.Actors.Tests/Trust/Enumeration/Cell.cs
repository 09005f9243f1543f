namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>One combination, and the same one with something added that anybody can send.</summary>
/// <param name="Dressed">The same connection read again with a header more, see <see cref="Dress"/>.</param>
internal readonly record struct Cell(Slice Slice, int Index, AccessQuestion Question, ConnectionEvidence[] Dressed)
{
    /// <summary>What trust.md says of it.</summary>
    public Ruling Due { get; } = Specification.Of(Question);

    public override string ToString()
    {
        var (evidence, hello, offered, options) = (Question.Evidence, Question.Hello, Question.Credentials, Question.Options);
        return $"{Slice.Name}[{Index}]: {evidence.Transport} {evidence.Remote} place={evidence.Place} uid={evidence.RemoteUserId} peer={evidence.Peer} listing={evidence.Listing} "
            + $"forwarded={evidence.Forwarded} host={evidence.Host}({evidence.HostAllowed},{evidence.HostIsLoopback}) origin={evidence.Origin}({evidence.OriginAllowed}) cross={evidence.CrossSite} "
            + $"user={evidence.User}:{evidence.User.Value} missing={evidence.MissingHeader} assertion={evidence.Assertion} | {hello.Role} [{hello.Scopes}] intent={hello.Pairing?.Flow} | "
            + $"proof={offered.Kind} {offered.Proof} token={offered.Token} password={offered.Password} device={offered.DeviceToken} spawn={offered.Spawn} asserted={offered.Assertion}:{offered.AssertedUser} | "
            + $"{options.Exposure.Name()} {options.Auth.Name()} loopback={options.TrustedProxy.AllowLoopback}:{options.TrustedProxy.LoopbackUser} uids=[{options.LoopbackUids}] proxies=[{options.TrustedProxies}] "
            + $"proxyUids=[{options.TrustedProxy.ProxyUids}] users=[{string.Join(' ', options.TrustedProxy.AllowUsers)}] | "
            + $"devices: {string.Join(", ", Question.Registry.Devices.Values.Select(device => $"{device.Kind} {string.Join('+', device.Roles)} [{device.Scopes}] revoked={device.IsRevoked}"))}";
    }
}

/// <summary>What is added to a connection to see whether it gains by it.</summary>
internal enum Dress
{
    Forwarding,
    OtherForwarding,
    AllowedOrigin,
    ForeignOrigin,
    OtherSite,
}

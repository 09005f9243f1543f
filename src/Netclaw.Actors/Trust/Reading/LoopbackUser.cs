namespace Netclaw.Actors.Trust.Reading;

/// <summary>Which rules ask whose process is behind a loopback connection.</summary>
public static class LoopbackUser
{
    /// <summary>
    /// Whether one of the rules in force can let somebody in by it: internal nodes, <c>loopbackUser</c> and silent pairing, or a proxy's <c>proxyUids</c>. Spawn
    /// credentials, which it only narrows (and which behind a tunnel go by the control socket without it), are left out: where the answer is dear, every
    /// connection of a tunnel would pay for them.
    /// </summary>
    public static bool LetsSomebodyIn(TrustOptions trust) =>
        (trust.Exposure == ExposureMode.Local && (trust.AutoApproveLocal || !trust.LoopbackUids.Any))
        || (trust.Exposure == ExposureMode.ReverseProxy && trust.TrustedProxy.AllowLoopback && !trust.LoopbackUids.Any)
        || (trust.Auth == AuthMode.TrustedProxy && trust.TrustedProxy.ProxyUids is { IsNone: false, Any: false });
}

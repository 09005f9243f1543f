namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>The same proxy options with what concerns loopback taken away.</summary>
internal static class LoopbackOptions
{
    public static TrustedProxyOptions WithoutLoopback(this TrustedProxyOptions options, bool allowLoopback = false) => new()
    {
        UserHeader = options.UserHeader, RequiredHeaders = options.RequiredHeaders, AllowUsers = options.AllowUsers, AllowLoopback = allowLoopback, LoopbackUser = null, LoopbackUids = UidRule.None,
        ProxyUids = options.ProxyUids, Assertion = options.Assertion, IdentityScopes = options.IdentityScopes,
    };

    public static TrustedProxyOptions WithLoopbackUser(this TrustedProxyOptions options, string? user) => new()
    {
        UserHeader = options.UserHeader, RequiredHeaders = options.RequiredHeaders, AllowUsers = options.AllowUsers, AllowLoopback = options.AllowLoopback, LoopbackUser = user, LoopbackUids = options.LoopbackUids,
        ProxyUids = options.ProxyUids, Assertion = options.Assertion, IdentityScopes = options.IdentityScopes,
    };
}

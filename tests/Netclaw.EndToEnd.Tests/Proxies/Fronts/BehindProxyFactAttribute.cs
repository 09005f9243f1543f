namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A test with real proxies.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BehindProxyFactAttribute : FactAttribute
{
    public BehindProxyFactAttribute() => Skip = ProxyProgram.Missing();
}

/// <summary>The same test through several real proxies.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BehindProxyTheoryAttribute : TheoryAttribute
{
    public BehindProxyTheoryAttribute() => Skip = ProxyProgram.Missing();
}

/// <summary>A test with real proxies that run under another user than the test: only root can.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BehindProxyAsRootFactAttribute : FactAttribute
{
    public BehindProxyAsRootFactAttribute() =>
        Skip = ProxyProgram.Missing() ?? (Environment.IsPrivilegedProcess ? null : "needs root to run the proxy as another user");
}

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

namespace Netclaw.EndToEnd.Tests.Proxies.Fronts;

/// <summary>A test with real proxies on another host of its own: see <see cref="NetworkPair"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherHostFactAttribute : FactAttribute
{
    public OtherHostFactAttribute() => Skip = ProxyProgram.Missing() ?? NetworkPair.Missing;
}

/// <summary>The same test through several real proxies on another host.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherHostTheoryAttribute : TheoryAttribute
{
    public OtherHostTheoryAttribute() => Skip = ProxyProgram.Missing() ?? NetworkPair.Missing;
}

using System.Reflection;
using Xunit.Sdk;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>The cells of one auth mode: exposure and check.</summary>
/// <param name="behindProxy">Those that need nginx, or all the others.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CellsAttribute(string auth, bool behindProxy = false) : DataAttribute
{
    public string Auth => auth;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from combination in MatrixTable.Combinations
        where combination.Auth == auth && (combination.Starts && combination.IsReverseProxy) == behindProxy
        from check in MatrixTable.Checks
        select new object[] { combination.Exposure, check };
}

/// <summary>A theory with a real nginx in front.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BehindNginxTheoryAttribute : TheoryAttribute
{
    public BehindNginxTheoryAttribute() => Skip = Proxies.Fronts.ProxyProgram.Nginx is { IsInstalled: false } nginx ? $"needs {nginx.Path} ({nginx.Package})" : null;
}

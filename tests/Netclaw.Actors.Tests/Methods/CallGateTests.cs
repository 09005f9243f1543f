using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

public sealed class CallGateTests
{
    private static readonly MethodCatalogue Catalogue = MethodCatalogue.Default;

    /// <summary>Every method, role and single scope: let in exactly where the catalogue says so.</summary>
    [Fact]
    public void Admits_ByRoleAndScopeAlone()
    {
        foreach (var method in Catalogue.Methods)
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                foreach (var scope in Enum.GetValues<Scope>())
                {
                    var principal = new Principal(AuthMethod.DeviceKey, role, new ScopeSet(scope), SessionSamples.Laptop, "laptop");
                    var expected = method.Handler != HandlerKey.Handshake
                        && ((method.NodesToo && role == Role.Node) || ((method.Role is null || method.Role == role) && new ScopeSet(scope).Covers(method.Needed)));
                    Assert.Equal(expected, CallGate.Admit(Catalogue, principal, method.Name, 0) is Admission.Admitted);
                    Assert.Equal(expected, Catalogue.FeaturesFor(role, new ScopeSet(scope)).Methods.Contains(method.Name));
                }
            }
        }
    }

    /// <summary>What nodes may do of what else is for operators, spelt out.</summary>
    [Fact]
    public void Nodes_AskAndTakeBack_AndDecideNothing() => Assert.Equal(
        [ExecApprovalRequestParams.Method, ExecApprovalWaitParams.Method, ExecApprovalResolveParams.Method],
        Catalogue.Methods.Where(method => method.NodesToo).Select(method => method.Name));

    [Fact]
    public void MissingScope_NamesItForPeopleAndPrograms()
    {
        var principal = SessionSamples.LaptopPrincipal with { Scopes = new ScopeSet(Scope.Read) };
        var error = Assert.IsType<Admission.Refused>(CallGate.Admit(Catalogue, principal, DaemonStopResult.Method, 0)).Error;
        Assert.Equal("missing_scope", error.Code);
        Assert.Equal("operator.admin", error.Details!.Value.GetProperty("missingScope").GetString());
        Assert.Contains("operator.admin", error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Limits.OpenCallsPerSession - 1, true)]
    [InlineData(Limits.OpenCallsPerSession, false)]
    public void Bounds_OpenCalls(int open, bool admitted) =>
        Assert.Equal(admitted, CallGate.Admit(Catalogue, SessionSamples.LaptopPrincipal, StatusResult.Method, open) is Admission.Admitted);

    [Fact]
    public void UnknownMethod_IsNotRepeatedAtLength()
    {
        var error = Assert.IsType<Admission.Refused>(CallGate.Admit(Catalogue, SessionSamples.LaptopPrincipal, new string('x', 5000), 0)).Error;
        Assert.Equal("unknown_method", error.Code);
        Assert.True(error.Message.Length < 120);
    }

    /// <summary>What takes a scope is for operators; everybody hears the rest.</summary>
    [Fact]
    public void Events_AreHeardByScope()
    {
        Assert.True(CallGate.Hears(Scope.None, Role.Node, ScopeSet.Empty));
        Assert.False(CallGate.Hears(Scope.Pairing, Role.Node, ScopeSet.All));
        Assert.True(CallGate.Hears(Scope.Pairing, Role.Operator, new ScopeSet(Scope.Admin)));
        Assert.False(CallGate.Hears(Scope.Pairing, Role.Operator, ScopeSet.ReadWrite));
    }
}

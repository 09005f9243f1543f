using System.Text.Json;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

public sealed class MethodParamsTests
{
    [Theory]
    [InlineData("[]", "at $")]
    [InlineData("7", "at $")]
    [InlineData("{}", "missing \"requestId\"")]
    [InlineData("""{"requestId":"x"}""", "at $.requestId")]
    [InlineData("""{"requestId":7}""", "at $.requestId")]
    [InlineData("""{"requestId":"r_00000000000a","scopes":"all"}""", "at $.scopes")]
    [InlineData("""{"requestId":"r_00000000000a","scopes":[1]}""", "at $.scopes")]
    public void Malformed_NamesThePathAndNoType(string json, string named)
    {
        Assert.False(MethodParams.TryRead(SessionSamples.Parse(json), ProtocolJson.Default.PairApproveParams, out PairApproveParams _, out var problem));
        Assert.Contains(named, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Netclaw", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public void Absent_IsAnEmptyObject(string json)
    {
        Assert.True(MethodParams.TryRead(SessionSamples.Parse(json), ProtocolJson.Default.PairListParams, out var read, out _));
        Assert.False(read.All);
        Assert.True(MethodParams.TryRead(default(JsonElement), ProtocolJson.Default.PairListParams, out PairListParams _, out _));
    }
}

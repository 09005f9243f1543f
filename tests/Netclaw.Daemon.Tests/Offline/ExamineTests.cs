using System.Text.Json;
using Netclaw.Daemon.Examining;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Offline;

public sealed class ExamineTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task TellsEverySection_AndMakesNothing_WithoutAHome()
    {
        var run = await OfflineRun.Of(_temporary, null, "examine");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Errors));
        Assert.Equal(ExamineSections.All.Select(section => section.Name).Append("failed"), run.Json.EnumerateObject().Select(member => member.Name));
        Assert.Empty(run.Json.GetProperty("failed").EnumerateObject());
        Assert.True(run.Json.GetProperty("keys").GetProperty("fresh").GetBoolean());
        Assert.False(Directory.Exists(_temporary.Home.Root));
    }

    [Fact]
    public async Task TellsTheSectionsThatAreAskedFor_AndLooksAtNoOther()
    {
        var run = await OfflineRun.Of(_temporary, null, "examine", "--only", "tunnel,keys");

        Assert.Equal(["tunnel", "keys", "failed"], run.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task ASectionThatThereIsNot_IsAUsageError()
    {
        var run = await OfflineRun.Of(_temporary, null, "examine", "--only", "keys,moon");

        Assert.Equal((ExitCodes.Usage, "usage_error", ""), (run.ExitCode, run.Code, run.Out));
    }

    [Fact]
    public async Task TellsWhatConfigCheckTells()
    {
        _temporary.WriteConfig("""{"auth":{"mode":"none"},"lisen":{}}""");

        var examined = (await OfflineRun.Of(_temporary, null, "examine")).Json.GetProperty("configuration");

        Assert.Equal((await OfflineRun.Of(_temporary, null, "config-check")).Json.GetRawText(), examined.GetRawText());
    }

    [Theory]
    [InlineData("""{"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7"]}}""", false)]
    [InlineData("""{"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7","127.0.0.0/8"]}}""", true)]
    [InlineData("""{"listen":{"address":"0.0.0.0"},"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7"]}}""", true)]
    [InlineData("""{}""", true)]
    public async Task Exposure_SeesProxiesThatCannotReachTheListener(string config, bool reachable)
    {
        _temporary.WriteConfig(config);

        Assert.Equal(reachable, (await OfflineRun.Of(_temporary, null, "examine")).Json.GetProperty("exposure").GetProperty("proxiesReachable").GetBoolean());
    }
}

using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Invocation;

public sealed class ExplainTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Fact]
    public async Task Explains_EveryCodeOfTheTable()
    {
        foreach (var row in RefusalTable.All)
        {
            var run = await CliRun.Of(_home, "explain", row.Name, "--json");

            Assert.Equal(ExitCodes.Ok, run.ExitCode);
            Assert.Equal(row.Meaning, run.Json().GetProperty("meaning").GetString());
            Assert.Equal(row.ExitCode, run.Json().GetProperty("exitCode").GetInt32());
        }
    }

    [Fact]
    public async Task ShowsMeaningAndWayOut_ToAPerson()
    {
        var run = await CliRun.Of(_home, "explain", "GATEWAY-KEY-CHANGED");

        Assert.Contains("code       gateway_key_changed", run.Out);
        Assert.Contains("next       netclaw pair <url>", run.Out);
        Assert.Contains("exit code  77", run.Out);
    }

    [Fact]
    public async Task ListsAll_WithoutACode()
    {
        Assert.Equal(RefusalTable.All.Length, (await CliRun.Of(_home, "explain", "--json")).Json().GetProperty("codes").GetArrayLength());
        Assert.All((await CliRun.Of(_home, "explain")).Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    public void Dispose() => _home.Dispose();
}

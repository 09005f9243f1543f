using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Processes;

public sealed class StartFailureTests : IDisposable
{
    private const string One = """{"code":"port_in_use","message":"127.0.0.1:5199 is in use.","remedy":"netclaw daemon start --listen 127.0.0.1:0"}""";
    private const string Two = """{"code":"config_invalid","message":"no key \"listn\"","remedy":"netclaw daemon start"}""";

    private readonly TemporaryHome _home = new();

    [Fact]
    public void IsTheDaemonsOwnError_WhenThereIsOne()
    {
        var failure = StartFailure.From($"[{One}]\n", ExitCodes.Unavailable, _home.Home);

        Assert.Equal("port_in_use", failure.Error.Code);
        Assert.Equal("127.0.0.1:5199 is in use.", failure.Error.Message);
        Assert.Equal(ExitCodes.Unavailable, failure.ExitCode);
        Assert.Empty(failure.Problems);
    }

    [Fact]
    public void RelaysAll_WhenThereAreSeveral()
    {
        var failure = StartFailure.From($"warning: something\n[{Two},{One}]\n", ExitCodes.Config, _home.Home);

        Assert.Equal(["config_invalid", "port_in_use"], failure.Problems.Select(problem => problem.Code));
        Assert.Equal(ExitCodes.Config, failure.ExitCode);
    }

    [Fact]
    public void NamesTheKey_ThatAConfigurationProblemIsAbout()
    {
        var failure = StartFailure.From(
            """[{"code":"config_invalid","message":"This is out of range.","details":{"key":"listen.port","value":"99999"}}]""", ExitCodes.Config, _home.Home);

        Assert.Equal("netclaw.json, listen.port = 99999: This is out of range.", failure.Error.Message);
    }

    [Fact]
    public void QuotesTheFirstLines_WhenItIsSomethingElse()
    {
        var failure = StartFailure.From("You must install .NET\n\nsecond\n3\n4\n5\n6\n", 150, _home.Home);

        Assert.Equal("daemon_start_failed", failure.Error.Code);
        Assert.Contains("exit code 150", failure.Error.Message);
        Assert.Equal(["You must install .NET", "second", "3", "4", "5"], failure.Tried.Select(attempt => attempt.Seen));
    }

    public void Dispose() => _home.Dispose();
}

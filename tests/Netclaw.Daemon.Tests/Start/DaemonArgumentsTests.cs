using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Start;

public sealed class DaemonArgumentsTests
{
    private readonly StartProblems _problems = new();

    [Fact]
    public void TakesEveryOption_InAnyOrder()
    {
        var parsed = DaemonArguments.Parse(["run", "--json-errors", "--listen", "[::1]:0", "--detached", "--home", "/srv/nc"], _problems)!;

        Assert.Equal(("/srv/nc", "[::1]:0", true, true), (parsed.Home, parsed.Listen!.ToString(), parsed.Detached, parsed.JsonErrors));
    }

    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("run --home")]
    [InlineData("run --listen 127.0.0.1")]
    [InlineData("run --listen ::1")]
    [InlineData("run --listen localhost:80")]
    [InlineData("run --daemonize")]
    public void Refuses_WhatIsNotOfTheForm(string line)
    {
        Assert.Null(DaemonArguments.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), _problems));
        Assert.Equal(ExitCodes.Usage, _problems.ExitCode);
        Assert.Contains(DaemonArguments.Usage, Assert.Single(_problems.Found).Message, StringComparison.Ordinal);
    }
}

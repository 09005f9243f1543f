using System.Text.Json;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Start;

public sealed class StartReportTests
{
    private readonly StartProblems _problems = new();

    public StartReportTests()
    {
        _problems.Add(new StartProblem(RefusalCode.ConfigInvalid, "There is no such key. Did you mean \"listen.port\"?", Key: "listen.prot", Value: "5200"));
        _problems.Add(RefusalCode.LockHeld, "Another daemon runs on /srv/nc: process 4711.");
    }

    [Fact]
    public void NamesWhatWasSeenAndOneCommandEach_ForPeople() => Assert.Equal(
        """
        netclawd does not start: 2 problems.

        config_invalid  listen.prot = 5200
          There is no such key. Did you mean "listen.port"?
          -> netclaw config check

        lock_held
          Another daemon runs on /srv/nc: process 4711.
          -> netclaw daemon status

        """, StartReport.Render(_problems, asJson: false));

    [Fact]
    public void IsOneArrayOfErrors_ForPrograms()
    {
        var errors = JsonSerializer.Deserialize<JsonElement>(StartReport.Render(_problems, asJson: true));

        Assert.Equal(2, errors.GetArrayLength());
        Assert.Equal("config_invalid", errors[0].GetProperty("code").GetString());
        Assert.Equal("listen.prot", errors[0].GetProperty("details").GetProperty("key").GetString());
        Assert.Equal("netclaw daemon status", errors[1].GetProperty("remedy").GetString());
        Assert.False(errors[1].TryGetProperty("details", out _));
    }
}

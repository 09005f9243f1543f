using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;

namespace Netclaw.Crash.Tests;

/// <summary>The log is the whole truth: what is not in it could not be lost by any of the states that follow from it.</summary>
public sealed class RecorderTests
{
    [Theory]
    [InlineData("first start")]
    [InlineData("append in batches")]
    [InlineData("snapshot")]
    [InlineData("checkpoint")]
    [InlineData("restart")]
    public async Task TheLog_MakesTheSameFilesAgain(string name)
    {
        using var scratch = new ScratchHome();
        var run = await Scenario.All.Single(scenario => scenario.Name == name).RecordAsync(scratch, seed: 1);
        var disk = Disk.Of(run.Before);
        foreach (var @event in run.Events)
        {
            disk.Apply(@event);
        }

        var made = CrashStates.Everything(disk, run.Events.Count).Files;

        var files = scratch.Files();
        Assert.Equal(files.Keys.Order(), made.Keys.Order());
        Assert.All(files, file => Assert.Equal(file.Value, made[file.Key].Bytes));
    }
}

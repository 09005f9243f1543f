using Netclaw.Actors.Cron;
using Netclaw.Actors.Tests.Spawning;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Tests.Cron;

public sealed class CronWatchesTests : IDisposable
{
    private readonly TestClock _clock = new(TestRuns.Begun);
    private readonly ScriptedPrograms _programs = new();
    private readonly CronWatches _watches;
    private readonly System.Collections.Concurrent.ConcurrentQueue<WatchEnded> _ended = new();
    private bool _may = true;
    private string? _problem;

    public CronWatchesTests() => _watches = new CronWatches(_programs, new OneSpawnPlace(), _clock, _ => _may, _ended.Enqueue, (_, problem) => _problem = problem);

    public void Dispose() => _watches.Dispose();

    [Fact]
    public async Task ALine_RunsAgain_AfterItHasEnded()
    {
        _watches.Follow(Job, AtExit);
        (await _programs.NextAsync()).Exit(0);

        Assert.Equal(TimeSpan.FromSeconds(1), _watches.Ended(new WatchEnded(Job, 1, TimeSpan.FromSeconds(1)), _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _watches.Tick(_clock.GetUtcNow());

        Assert.Equal(["/bin/sh", "-c", "wait-for-it"], (await _programs.NextAsync()).Start.Argv.AsEnumerable());
    }

    [Fact]
    public async Task ALine_IsEnded_WhenItsOwnerMayNotAnyMore_AndBeginsAgainWhenHeMay()
    {
        _watches.Follow(Job, AtExit);
        var running = await _programs.NextAsync();
        _may = false;

        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromMinutes(1), _watches.NextAt);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _watches.Tick(_clock.GetUtcNow());
        Assert.True((await running.Ended.WaitAsync(TimeSpan.FromSeconds(20))).Cancelled);

        _clock.Advance(TimeSpan.FromMinutes(5));
        _watches.Tick(_clock.GetUtcNow());
        Assert.Single(_programs.Starts);
        _may = true;
        _clock.Advance(TimeSpan.FromMinutes(5));
        _watches.Tick(_clock.GetUtcNow());
        await _programs.NextAsync();
    }

    [Fact]
    public void ALineOfSomebodyWhoMayNot_IsNotBegun()
    {
        _may = false;
        _watches.Follow(Job, AtExit);

        Assert.Empty(_programs.Starts);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromMinutes(5), _watches.NextAt);
        Assert.Contains("may not", _problem, StringComparison.Ordinal);
    }

    private static CronJobId Job => TestJobs.Id(1);

    private static ScheduledJob AtExit
    {
        get
        {
            var jobs = new TestJobs();
            jobs.Add(1, TestJobs.Command(schedule: new CronScheduleSpec(CronScheduleSpec.OnExitKind) { Command = "wait-for-it" }));
            return jobs[1];
        }
    }
}

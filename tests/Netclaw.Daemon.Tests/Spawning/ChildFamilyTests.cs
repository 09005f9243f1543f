using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Locking;
using Netclaw.Daemon.Spawning;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Spawning;

/// <summary>Real processes, found by a mark in their environment that no other test uses.</summary>
public sealed class ChildFamilyTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ChildMark _mark = new(Guid.NewGuid().ToString("N"));
    private readonly TemporaryHome _temporary = new();
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        _temporary.Dispose();
    }

    [Fact]
    public async Task AreEnded_WithWhatTheyStartedWithoutTheMark_AndNobodyElse()
    {
        var marked = Start(_mark, "env -i /bin/sleep 600 & echo $!; wait");
        var child = Process.GetProcessById(int.Parse((await marked.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
        var (other, bare) = (Start(new ChildMark(Guid.NewGuid().ToString("N")), "echo up; exec sleep 600"), Start(null, "echo up; exec sleep 600"));
        Assert.Equal(("up", "up"), (await other.StandardOutput.ReadLineAsync(), await bare.StandardOutput.ReadLineAsync()));
        var family = new ChildFamily(_mark);
        Assert.Equal(new[] { marked.Id, child.Id }.Order(), family.Find().Select(each => each.Id).Order());

        Assert.Equal(new ChildrenEnded(2, 0), family.End());

        await marked.WaitForExitAsync().WaitAsync(Deadline);
        Assert.Empty(family.Find());
        Assert.False(other.HasExited);
        Assert.False(bare.HasExited);
        Assert.Equal(default, family.End());
    }

    [Fact]
    public async Task AreAsked_BeforeTheyAreEnded()
    {
        var file = Path.Combine(_temporary.Parent, "asked");
        var willing = Start(_mark, $"trap 'echo yes > {file}; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        var deaf = Start(_mark, "trap '' TERM; echo up; while :; do sleep 0.05; done");
        Assert.Equal(("up", "up"), (await willing.StandardOutput.ReadLineAsync(), await deaf.StandardOutput.ReadLineAsync()));

        var ended = new Children(_mark).Close();

        Assert.InRange(ended.Ended, 1, 2); // the deaf one, and the sleep that it waits for at that moment
        Assert.Equal("yes\n", await File.ReadAllTextAsync(file));
        await Task.WhenAll(willing.WaitForExitAsync(), deaf.WaitForExitAsync()).WaitAsync(Deadline);
        Assert.Equal((0, 137), (willing.ExitCode, deaf.ExitCode));
    }

    [Fact]
    public void NoneIsStarted_OnceTheyAreClosed()
    {
        var children = new Children(_mark);

        Assert.Equal(default, children.Close());

        Assert.Throws<Win32Exception>(() => children.Start("/bin/true", [], new Dictionary<string, string>(), "/"));
    }

    [Fact]
    public async Task OfADaemonThatWasKilled_AreEndedByWhoeverTakesItsLock_AndOfOneThatStopped_NobodyLooks()
    {
        var problems = new StartProblems();
        HomeDirectories.Prepare(_temporary.Home, problems);
        DaemonLock.TryAcquire(_temporary.Home, problems)!.Dispose();
        var left = Start(ChildMark.Of(_temporary.Home), "echo up; exec sleep 600");
        await left.StandardOutput.ReadLineAsync();

        using (var clean = DaemonLock.TryAcquire(_temporary.Home, problems)!)
        {
            Assert.Null(clean.LeftBehind);
            clean.LeavesChildren = true;
        }

        using var after = DaemonLock.TryAcquire(_temporary.Home, problems)!;
        Assert.Equal(new ChildrenEnded(1, 0), after.LeftBehind);
        await left.WaitForExitAsync().WaitAsync(Deadline);
    }

    [Fact]
    public void AHome_HasOneMark_AndAnotherHomeHasAnother()
    {
        using var other = new TemporaryHome();
        foreach (var home in (NetclawHome[])[_temporary.Home, other.Home])
        {
            HomeDirectories.Prepare(home, new StartProblems());
            DaemonLock.TryAcquire(home, new StartProblems())!.Dispose();
        }

        Assert.Equal(ChildMark.Of(_temporary.Home).Value, ChildMark.Of(_temporary.Home).Value);
        Assert.NotEqual(ChildMark.Of(_temporary.Home).Value, ChildMark.Of(other.Home).Value);
        Assert.Matches("^[0-9a-f]{16}$", ChildMark.Of(other.Home).Value);
    }

    [Theory]
    [InlineData("echo $$; exec sleep 600")]
    [InlineData("env -i /bin/sleep 600 & echo $!; wait")]
    [InlineData("(setsid /bin/sh -c 'echo $$; exec sleep 600' &) ; wait")]
    public async Task WhoeverBearsTheMark_OrDescendsFromOneWhoDoes_IsOfTheFamily(string script)
    {
        var shell = Start(_mark, script);
        var pid = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        var table = new ProcessTable();

        Assert.True(_mark.IsInFamilyOf(pid, table));
        Assert.False(_mark.IsInFamilyOf(Environment.ProcessId, table));
        Assert.False(new ChildMark("another").IsInFamilyOf(pid, table));

        new ChildFamily(_mark).End();
        Assert.NotEqual(true, _mark.IsInFamilyOf(pid, table));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2000)] // what a new program is given is laid out one by one, and for so long its environment is where it will be, with nothing in it
    public async Task AProcess_IsKnown_AlsoWhileItBecomesAnotherProgram(int variables)
    {
        // It executes itself for as long as it is looked at.
        var others = Enumerable.Range(0, variables).Select(each => KeyValuePair.Create($"OTHER_{each}", "other"));
        var shell = Start(_mark, """echo $$; s='exec /bin/sh -c "$0" "$0"'; exec /bin/sh -c "$s" "$s" """, others);
        var pid = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(_mark.IsOn(pid)));
    }

    /// <summary>Whoever connects is looked at: what has no environment, and what cannot be looked into, must not hold up the next one.</summary>
    [Fact]
    public async Task AProcessWithoutAnEnvironment_IsNotWaitedFor()
    {
        var pauses = 0;
        var mark = new ChildMark(_mark.Value, () => pauses++);
        var bare = Start(null, "exec env -i /bin/sleep 600");
        using var deadline = new CancellationTokenSource(Deadline);
        while (!(await File.ReadAllTextAsync($"/proc/{bare.Id}/stat", deadline.Token)).Contains("(sleep) S ", StringComparison.Ordinal))
        {
            await Task.Yield(); // until the program is there that has none
        }

        Assert.Empty(File.ReadAllBytes($"/proc/{bare.Id}/environ"));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(mark.IsInFamilyOf(bare.Id, new ProcessTable())));
        Assert.Equal(0, pauses);
    }

    private Process Start(ChildMark? mark, string script, IEnumerable<KeyValuePair<string, string>>? others = null)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true };
        foreach (var (name, value) in others ?? [])
        {
            start.Environment[name] = value;
        }

        if (mark is not null)
        {
            start.Environment[ChildMark.Name] = mark.Value;
        }

        _started.Add(Process.Start(start)!);
        return _started[^1];
    }
}

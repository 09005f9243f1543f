using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Vfs;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Sqlite;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>
/// Each call on archive, journal and keys fails in turn while a backup is made, verified and restored: no half archive has the name of one, the journal is the one
/// before or the one after, the error is for people, and a second try succeeds.
/// </summary>
public sealed class BackupFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ScratchHome _prepared = new();
    private Dictionary<string, byte[]> _files = [];
    private IReadOnlyList<Change> _given = [];

    public static TheoryData<FaultKind, bool> Faults => new()
    {
        { FaultKind.Broken, false },
        { FaultKind.Broken, true },
        { FaultKind.Full, false },
        { FaultKind.Full, true },
        { FaultKind.ShortWrite, false },
        { FaultKind.FlushFails, false },
        { FaultKind.FlushFails, true },
        { FaultKind.RenameFails, false },
    };

    public async Task InitializeAsync()
    {
        SqliteShim.Install();
        _given = await RecordedRestore.PrepareAsync(_prepared);
        _files = RecordedRestore.FilesOf(_prepared.Home);
    }

    public Task DisposeAsync()
    {
        _prepared.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public Task ACallThatFails_WhileABackupIsMade_LeavesNoHalfOne(FaultKind kind, bool lasting) => SweepAsync(kind, lasting, every: 1, async (home, plan) =>
    {
        var to = Path.Combine(home.BackupsDirectory, "made.ncb");
        var made = await WithAsync(home, plan, "backup-create", "--to", to);
        JournalIsUntouched(home);
        ArchivesAreWhole(home);
        if (!made.Succeeded)
        {
            made.MustBeForPeople();
            if (!lasting && !plan.Failed[0].StartsWith("delete", StringComparison.Ordinal))
            {
                Assert.Equal(["saved.ncb"], Directory.EnumerateFiles(home.BackupsDirectory).Select(Path.GetFileName));
            }

            var again = await OfflineRun.OfAsync(home, "backup-create", "--to", to + ".again");
            Assert.True(again.Succeeded, again.Message);
            Assert.True((await OfflineRun.OfAsync(home, "backup-verify", "--file", to + ".again")).Succeeded);
        }

        return made.Succeeded;
    });

    [Fact]
    public async Task ADiskThatIsFull_DuringABackup_IsSaid_AndTheGatewayIsWhole()
    {
        var points = 0;
        for (; ; points++)
        {
            using var scratch = Filled();
            var to = Path.Combine(scratch.Home.BackupsDirectory, "made.ncb");
            var plan = new FaultPlan(FaultKind.Full, points, lasting: true, within: "/backups/");
            var made = await WithAsync(scratch.Home, plan, "backup-create", "--to", to);
            if (!plan.WasReached)
            {
                break;
            }

            if (plan.Failed[0] == "open of .made.ncb.copy")
            {
                continue; // what is there is opened without any room: the sweep above has that case
            }

            var error = Assert.Single(made.Errors);
            Assert.True(error.Code == "home_not_writable", $"{plan} ({plan.Failed[0]}): {error.Code}: {error.Message}");
            Assert.Matches("No space left on device|database or disk is full|unable to open database file|disk I/O error", error.Message);
            Assert.Equal($"df -h '{scratch.Home.BackupsDirectory}'", error.Remedy);
            Assert.Equal(["saved.ncb"], Directory.EnumerateFiles(scratch.Home.BackupsDirectory).Select(Path.GetFileName));
            JournalIsUntouched(scratch.Home);
            Assert.True((await OfflineRun.OfAsync(scratch.Home, "backup-create", "--to", to)).Succeeded);
        }

        Assert.True(points > 2, $"{points} points");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task ACallThatFails_WhileABackupIsVerified_IsUnreadable_NotDamaged(bool lasting) => SweepAsync(FaultKind.Broken, lasting, every: 1, async (home, plan) =>
    {
        var read = await WithAsync(home, plan, "backup-verify", "--file", RecordedRestore.Archive(home));
        if (!read.Succeeded)
        {
            read.MustBeForPeople();
            Assert.Equal("backup_unreadable", Assert.Single(read.Errors).Code);
            Assert.True((await OfflineRun.OfAsync(home, "backup-verify", "--file", RecordedRestore.Archive(home))).Succeeded);
        }

        return read.Succeeded;
    });

    [Theory]
    [MemberData(nameof(Faults))]
    public Task ACallThatFails_InARestore_LeavesTheJournalBeforeOrTheOneAfter(FaultKind kind, bool lasting) => SweepAsync(kind, lasting, TestRun.IsLong ? 1 : kind == FaultKind.Broken ? 11 : 2, async (home, plan) =>
    {
        var first = await WithAsync(home, plan, "backup-restore", "--file", RecordedRestore.Archive(home));
        ArchivesAreWhole(home);
        if (!first.Succeeded)
        {
            first.MustBeForPeople();
            if (first.Message.Contains("Nothing was changed", StringComparison.Ordinal))
            {
                JournalIsUntouched(home);
                Assert.False(File.Exists(home.RestoreOrder));
            }

            using var next = new ScratchHome(); // a process that saw a flush fail writes no more; another one does
            RecordedRestore.Fill(next.Home, RecordedRestore.FilesOf(home), home.Root);
            var again = await OfflineRun.OfAsync(next.Home, "backup-restore", "--file", RecordedRestore.Archive(next.Home));
            Assert.True(again.Succeeded, $"{first.Message} and then: {again.Message}");
            MustStand(Standing.Of(next.Home));
            return false;
        }

        MustStand(Standing.Of(home));
        return true;
    });

    /// <summary>Where the journal before could not be read, nobody is let in until somebody has said so.</summary>
    private void MustStand(Standing found)
    {
        var facts = RegistryFacts.Of(found.Registry).Devices;
        Assert.Equal(0, found.Registry.LiveCodes);
        foreach (var (device, stands) in _given.SelectMany(change => change.Outcome))
        {
            Assert.True(facts.GetValueOrDefault(device) == stands || found.Registry.Devices.GetValueOrDefault(device) is null or { IsSuspended: true },
                $"{device.Short} is {facts.GetValueOrDefault(device)}, not {stands}");
        }
    }

    private async Task SweepAsync(FaultKind kind, bool lasting, int every, Func<NetclawHome, FaultPlan, Task<bool>> tryAsync)
    {
        var (points, refused, seen) = (0, 0, new SortedSet<string>(StringComparer.Ordinal));
        for (var at = every == 1 ? 0 : new Random(TestRun.Seed).Next(every); ; at += every)
        {
            var plan = new FaultPlan(kind, at, lasting);
            using var scratch = Filled();
            try
            {
                refused += await tryAsync(scratch.Home, plan) ? 0 : 1;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{plan} ({string.Join(", ", plan.Failed)}), seed {TestRun.Seed}", e);
            }

            if (!plan.WasReached)
            {
                output.WriteLine($"{kind}{(lasting ? ", lasting" : "")}: {points} of {plan.Counted} points, {refused} refused, seed {TestRun.Seed}; {string.Join(", ", seen)}");
                break;
            }

            points++;
            seen.UnionWith(plan.Failed);
        }

        Assert.True(points > 0 && refused > 0, $"{points} points, {refused} refused");
    }

    private ScratchHome Filled()
    {
        var scratch = new ScratchHome();
        RecordedRestore.Fill(scratch.Home, _files, _prepared.Home.Root);
        return scratch;
    }

    private static async Task<OfflineRun> WithAsync(NetclawHome home, FaultPlan plan, params string[] arguments)
    {
        using var scope = IoScope.Watch(home.Root);
        using var layer = FileCalls.Use(new WatchedFileCalls());
        scope.Arm(plan);
        return await OfflineRun.OfAsync(home, arguments);
    }

    private void JournalIsUntouched(NetclawHome home) => Assert.All(
        _files.Where(file => file.Key.Contains("/keys/", StringComparison.Ordinal) || file.Key.Contains("/state/netclaw.db", StringComparison.Ordinal)),
        file => Assert.Equal(file.Value, File.ReadAllBytes(home.Root + file.Key[_prepared.Home.Root.Length..])));

    private static void ArchivesAreWhole(NetclawHome home) => Assert.All(Directory.EnumerateFiles(home.BackupsDirectory, "*" + BackupPlace.Extension), archive =>
    {
        var problems = new StartProblems();
        Assert.True(CheckedArchive.Open(archive, problems) is not null, problems.Any ? problems.Found[0].Message : "");
    });
}

using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Recovery;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Recovery;

/// <summary>Walks every combination of the table's columns. What each row covers is written down here a second time, each row by itself, from the page and not from the code.</summary>
public sealed class LocalAccessTableTests
{
    private static readonly JournalFact[] Journals =
        [new JournalFact.Missing(), new JournalFact.Empty(), new JournalFact.Sound(), new JournalFact.Behind("record 7 is missing"), new JournalFact.Unreadable("record 3 is damaged"),
        new JournalFact.Stopped("the disk is full", "netclaw down && netclaw up")];

    private static readonly HostDeviceFact[] Hosts = [new HostDeviceFact.None(), new HostDeviceFact.Standing(Id(1)), new HostDeviceFact.Standing(Id(2)), new HostDeviceFact.Revoked(Id(1)), new HostDeviceFact.Revoked(Id(2))];

    private static readonly HostKeyFact[] Keys = [new HostKeyFact.Missing(), new HostKeyFact.Unreadable("mode 0644"), new HostKeyFact.Held(Id(1))];

    private static readonly LockFact[] Locks = [new LockFact.Free(), new LockFact.Held(7, Answering: true), new LockFact.Held(7, Answering: false)];

    private static IEnumerable<MarkFact> Marks =>
    [
        new MarkFact.Absent(), new MarkFact.Unreadable("no JSON"),
        .. from phase in Enum.GetValues<BootstrapPhase>() from epoch in new long[] { 1, 2 } from head in Enum.GetValues<HeadVerdict>() select new MarkFact.Present(phase, epoch, head),
    ];

    private static IEnumerable<LocalAccessFacts> Everything =>
        from journal in Journals
        from phase in Enum.GetValues<BootstrapPhase>()
        from others in new[] { 0, 1, 5 }
        from host in Hosts
        from key in Keys
        from mark in Marks
        from held in Locks
        from unfinished in Enum.GetValues<UnfinishedWork>()
        select new LocalAccessFacts { Journal = journal, Bootstrap = phase, OtherDevices = others, HostDevice = host, HostKey = key, Mark = mark, Lock = held, Unfinished = unfinished };

    [Fact]
    public void Finds_ExactlyOneRow_ForEveryCombination_AsThePageSays()
    {
        var met = new int[11];
        foreach (var facts in Everything)
        {
            var row = (int)LocalAccessTable.Classify(facts);
            var rows = Enumerable.Range(1, 10).Where(number => Covers(number, facts)).ToArray();

            Assert.True(rows.Length == 1 && rows[0] == row, $"{facts}: the page says {string.Join(" and ", rows)}, the table {row}");
            met[row]++;
        }

        Assert.All(Enumerable.Range(1, 10), number => Assert.True(met[number] > 0, $"row {number} was never met"));
    }

    [Fact]
    public void Plans_Something_WhereARepairIsSafe_AndNothingElsewhere()
    {
        var home = NetclawHomeAt();
        foreach (var facts in Everything)
        {
            var plan = RepairPlan.Of(facts, home, "attic");
            var safe = plan.Row is 1 or 2 or 3 or 4 or 6;

            Assert.Equal((safe, safe), (plan.Repairable, !plan.Writes.IsEmpty));
            Assert.Equal(facts.OtherDevices, plan.DevicesKept);
            Assert.Equal(plan.DevicesOf, plan.DevicesKept);
            Assert.Equal(plan.Row is 7 or 8 or 9 or 10, !plan.WayOut.IsEmpty);
            Assert.False(plan.IsHealthy != (plan.Row == 5));
            Assert.True(plan.Row != 10 || plan.WayOut is ["netclaw up"]);
            Assert.True(plan.Row != 8 || facts.Journal is not JournalFact.Stopped stopped || plan.WayOut is [var way] && way == stopped.WayOut, $"{facts}: {string.Join(", ", plan.WayOut)}");
        }
    }

    [Fact]
    public void Completes_WhatWasPrepared_WithoutAnotherKey()
    {
        var facts = new LocalAccessFacts
        {
            Journal = new JournalFact.Sound(), Bootstrap = BootstrapPhase.Completed, HostDevice = new HostDeviceFact.Standing(Id(2)), HostKey = new HostKeyFact.Held(Id(1)),
            Mark = new MarkFact.Present(BootstrapPhase.Completed, 1, HeadVerdict.Agrees), Lock = new LockFact.Free(), Prepared = Id(1),
        };

        Assert.Equal("registry, host device", Assert.Single(RepairPlan.Of(facts, NetclawHomeAt(), "attic").Writes).What);
        var cut = RepairPlan.Of(facts with { HostDevice = new HostDeviceFact.Standing(Id(1)), Prepared = Id(3) }, NetclawHomeAt(), "attic");
        Assert.Equal((5, true, false), (cut.Row, cut.Repairable, cut.IsHealthy));
    }

    private static Netclaw.Protocol.NetclawHome NetclawHomeAt() => Netclaw.Protocol.NetclawHome.At("/home/somebody/.netclaw", _ => null);

    /// <summary>The rows as recovery.md has them, each without looking at another.</summary>
    private static bool Covers(int row, LocalAccessFacts f)
    {
        var held = f.Lock is LockFact.Held;
        var under = !held && f.Unfinished != UnfinishedWork.None;
        var mark = f.Mark as MarkFact.Present;
        var bare = f.Journal is JournalFact.Missing or JournalFact.Empty;
        var sound = f.Journal is JournalFact.Sound;
        var unreadable = f.Journal is JournalFact.Unreadable or JournalFact.Stopped || f.Mark is MarkFact.Unreadable || f.HostKey is HostKeyFact.Unreadable;
        var behind = f.Journal is JournalFact.Behind || mark is { Head: HeadVerdict.Behind }
            || (bare && mark is not null && (mark.Phase != BootstrapPhase.NotStarted || mark.Epoch != 1 || mark.Head == HeadVerdict.Agrees))
            || (sound && mark is not null && mark.Phase > f.Bootstrap);
        var markLost = sound && f.Mark is MarkFact.Absent;

        // What a journal without records says: nothing.
        var (b, d, h) = bare ? (BootstrapPhase.NotStarted, 0, new HostDeviceFact.None()) : (f.Bootstrap, f.OtherDevices, f.HostDevice);
        var k = (f.HostKey as HostKeyFact.Held)?.Id;
        var match = h is HostDeviceFact.Standing standing && standing.Id == k;
        var trusted = !held && !under && !unreadable && !behind && !markLost;
        return row switch
        {
            1 => trusted && b == BootstrapPhase.NotStarted && d == 0 && h is HostDeviceFact.None && k is null,
            2 => trusted && b == BootstrapPhase.NotStarted && d == 0 && h is HostDeviceFact.None && k is not null,
            3 => trusted && d == 0 && !match && (b == BootstrapPhase.Seeded || (b == BootstrapPhase.NotStarted && h is not HostDeviceFact.None)),
            4 => trusted && d > 0 && !match && b != BootstrapPhase.Completed,
            5 => trusted && match,
            6 => trusted && !match && b == BootstrapPhase.Completed,
            7 => !held && !under && !unreadable && behind,
            8 => !held && !under && (unreadable || (markLost && !behind)),
            9 => held,
            _ => under,
        };
    }
}

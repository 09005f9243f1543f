using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Protocol;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.Daemon.Tests.Journal;

/// <summary>
/// Nothing can be done to a journal without its key that a reading of it, or a start on it, does not notice and name by place. What is asked of every bit is asked of the
/// rows in memory, by the functions that a recovery uses; a sample of that (all of it with NETCLAW_LONG=1) is done to a real file and to a real recovery. Seeds are printed.
/// </summary>
public sealed class TamperTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Untouched_IsSound_AndStarts()
    {
        await using var home = await LedgerHome.WriteAsync();

        var audit = home.Audit();
        Assert.True(audit.IsSound, audit.FirstBad?.ToString());
        Assert.Empty(audit.Oddities);
        Assert.Equal([(LedgerHome.First, LedgerHome.Events.Length), (LedgerHome.Second, 5)], audit.Chains.Select(chain => (chain.PersistenceId, (int)chain.Records)));
        Assert.True(LedgerHome.Events.Length >= 24, "every kind of record");
        Assert.Null(await home.StartAsync());
    }

    [Fact]
    public async Task EveryFlippedBit_OfEveryField_IsNamedByPlace()
    {
        await using var home = await LedgerHome.WriteAsync();

        var tried = InMemory(home, Tampering.Bits(home.Records()));

        output.WriteLine($"{tried} flipped bits of {home.Records().Count} records");
    }

    [Fact]
    public async Task EveryDroppedSwappedReplayedOrCutRecord_IsNamedByPlace()
    {
        await using var home = await LedgerHome.WriteAsync();
        await using var foreign = await LedgerHome.WriteAsync();

        var tried = InMemory(home, Tampering.Records(home.Records(), Resealed(foreign, home)));

        output.WriteLine($"{tried} tampered journals");
    }

    [Fact]
    public async Task ARealStart_RefusesEach_AtItsPlace_AndChangesNothing()
    {
        await using var home = await LedgerHome.WriteAsync();
        var rows = home.Records();
        var random = new Random(TestRun.Seed);
        var bits = TestRun.IsLong ? Tampering.Bits(rows) : Tampering.Bits(rows).Where(_ => random.Next(60) == 0);
        var records = TestRun.IsLong ? Tampering.Records(rows, []) : Tampering.Records(rows, []).Where(each => !each.What.StartsWith("swapped", StringComparison.Ordinal) || random.Next(8) == 0)
            .Where(each => !each.What.StartsWith("replayed", StringComparison.Ordinal) || random.Next(8) == 0);
        var tried = 0;
        foreach (var tampered in records.Concat(bits))
        {
            if (!home.Put(tampered.Rows))
            {
                continue; // the table's own key refuses two records of one number
            }

            tried++;
            var before = home.Records();
            var refused = await home.StartAsync();
            AssertNamed(tampered, refused, "start");
            AssertNamed(tampered, home.Audit().FirstBad, "audit");
            AssertSame(before, home.Records());
        }

        Assert.True(home.Put(rows));
        Assert.Null(await home.StartAsync());
        Assert.True(home.Audit().IsSound);
        output.WriteLine($"seed {TestRun.Seed}: {tried} starts refused");
    }

    [Fact]
    public async Task EveryEarlierCopyOfTheFile_IsRefusedAsRolledBack_AtTheFirstLostRecord()
    {
        var copies = new List<List<StoredRecord>>();
        await using var home = await LedgerHome.WriteAsync(step: (each, _) => copies.Add(each.Records()));
        var whole = copies[^1];
        for (var i = 0; i < copies.Count - 1; i++)
        {
            Assert.True(home.Put(copies[i]));
            var refused = await home.StartAsync();
            Assert.Equal((FaultKind.RolledBack, LedgerHome.First, i + 2L), (refused!.Kind, refused.PersistenceId, refused.Sequence));
            Assert.Equal(refused, home.Audit().FirstBad);
        }

        Assert.True(home.Put(whole.Where(_ => false)));
        Assert.Equal(FaultKind.RolledBack, (await home.StartAsync())!.Kind);
        Assert.True(home.Put(whole));
        Assert.Null(await home.StartAsync());
    }

    [Fact]
    public async Task AnotherWayOn_FromAnEarlierCopy_IsRefused_EvenWhenItIsAsLong()
    {
        await using var home = await LedgerHome.WriteAsync();
        var rows = home.Records();
        var mark = home.Keys.Mark;
        using var chain = new RecordChain(LedgerHome.First, home.Keys.Journal);
        var other = rows.Select(row =>
        {
            if (row.PersistenceId != LedgerHome.First)
            {
                return row;
            }

            var record = NetclawSerializer.Unpack(row.Message, row.Manifest);
            var manifest = row.Sequence == rows.Count(each => each.PersistenceId == LedgerHome.First) ? rows[0].Manifest : row.Manifest;
            var bytes = manifest == row.Manifest ? record.Bytes : NetclawSerializer.Unpack(rows[0].Message, rows[0].Manifest).Bytes;
            return row with { Manifest = manifest, Message = Stored(chain.Append(manifest, bytes.ToArray())) };
        }).ToList();
        Assert.True(home.Put(other));

        var refused = await home.StartAsync();

        Assert.Equal((FaultKind.RolledBack, mark.Head(LedgerHome.First)!.Sequence), (refused!.Kind, refused.Sequence));
        Assert.Equal(FaultKind.RolledBack, home.Audit().FirstBad!.Kind);
    }

    [Fact]
    public async Task EveryFlippedBitOfASnapshot_IsNoticed_OrItIsNotTaken()
    {
        await using var home = await LedgerHome.WriteAsync(snapshotAfter: 10);
        var snapshot = Assert.Single(home.Snapshots());
        var random = new Random(TestRun.Seed);
        var message = snapshot.Snapshot.ToArray();
        var tried = 0;
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            if (!TestRun.IsLong && bit >= 16 * 8 && random.Next(20) != 0)
            {
                continue;
            }

            message[bit / 8] ^= (byte)(1 << (bit % 8));
            await NoticedAsync(snapshot with { Snapshot = message.ToArray() }, $"bit {bit}");
            message[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        await NoticedAsync(snapshot with { Manifest = "dr1.snapshos" }, "manifest");
        await NoticedAsync(snapshot with { Sequence = 11 }, "moved on");
        await NoticedAsync(snapshot with { Sequence = 9 }, "moved back");
        await NoticedAsync(snapshot with { Identifier = 4206 }, "serializer");
        await NoticedAsync(snapshot with { PersistenceId = LedgerHome.Second, Sequence = 5 }, "another chain's");

        // Under a name that nobody asks for it is not taken, and the journal holds everything; the audit says that it is foreign.
        Assert.True(home.Put([snapshot with { PersistenceId = "nobody" }]));
        Assert.Null(await home.StartAsync());
        Assert.Equal(FaultKind.Snapshot, home.Audit().FirstBad!.Kind);
        Assert.True(home.Put([snapshot]));
        Assert.Null(await home.StartAsync());
        Assert.True(home.Audit().IsSound);
        output.WriteLine($"seed {TestRun.Seed}: {tried} snapshots refused");

        async Task NoticedAsync(StoredSnapshotRecord changed, string what)
        {
            tried++;
            Assert.True(home.Put([changed]));
            Assert.True(await home.StartAsync() is not null, $"started on a snapshot with another {what}");
            Assert.True(home.Audit().FirstBad is { Kind: FaultKind.Snapshot } bad && bad.Sequence == changed.Sequence, $"{what}: {home.Audit().FirstBad}");
        }
    }

    [Fact]
    public async Task AnOlderSnapshot_IsFine_AndOneOfAnotherHistoryIsNot()
    {
        await using var home = await LedgerHome.WriteAsync(snapshotAfter: 10);
        await using var other = await LedgerHome.WriteAsync(snapshotAfter: 12);
        Assert.Null(await home.StartAsync());

        // Anchored under this key, by another chain of events.
        using var chain = new RecordChain(LedgerHome.First, home.Keys.Journal);
        for (var i = 0; i < 10; i++)
        {
            chain.Append("dr1.other", [1]);
        }

        var mine = Assert.Single(home.Snapshots());
        var foreign = chain.Anchor(mine.Manifest, NetclawSerializer.Unpack(mine.Snapshot, mine.Manifest).Bytes.ToArray());
        Assert.True(home.Put([mine with { Snapshot = Stored(foreign) }]));
        Assert.Equal((FaultKind.Snapshot, 10L), (home.Audit().FirstBad!.Kind, home.Audit().FirstBad!.Sequence));
        Assert.Equal(FaultKind.Snapshot, (await home.StartAsync())!.Kind);

        // Of another installation.
        Assert.True(home.Put(other.Snapshots()));
        Assert.NotNull(await home.StartAsync());
    }

    [Fact]
    public async Task ASnapshotBeyondTheEnd_TellsThatTheEndWasLost_WithoutAMark()
    {
        await using var home = await LedgerHome.WriteAsync(snapshotAfter: 20);
        Assert.True(home.Put(home.Records().Where(row => row.PersistenceId != LedgerHome.First || row.Sequence < 15)));
        var blind = new JournalAuditor(home.Home, null, home.Keys.Journal, home.Keys.Mark with { Heads = null, Signature = null }, LedgerHome.Kinds);

        Assert.Equal((FaultKind.RolledBack, 15L), (blind.Compare()!.Kind, blind.Compare()!.Sequence));
    }

    [Fact]
    public async Task FieldsThatNothingReads_AreTold_AndKeepNobodyFromStarting()
    {
        await using var home = await LedgerHome.WriteAsync();
        var rows = home.Records();
        Assert.True(home.Put([rows[0] with { Created = 5 }, rows[1] with { WriterUuid = "x" }, rows[2] with { Ordering = 10_000 }, .. rows[3..]]));

        var audit = home.Audit();

        Assert.True(audit.IsSound, audit.FirstBad?.ToString());
        Assert.Equal(3, audit.Oddities.Length);
        Assert.Null(await home.StartAsync());
    }

    /// <summary>Every byte of the file, one bit of it: noticed, or the records are what they were.</summary>
    [Fact]
    public async Task AFlippedByteOfTheFile_IsNoticed_OrHarmless()
    {
        await using var home = await LedgerHome.WriteAsync();
        var records = home.Records();
        var file = home.Copy();
        var random = new Random(TestRun.Seed);
        using var elsewhere = new TemporaryHome();
        Directory.CreateDirectory(elsewhere.Home.StateDirectory);
        var auditor = new JournalAuditor(elsewhere.Home, null, home.Keys.Journal, home.Keys.Mark, LedgerHome.Kinds);
        var (noticed, harmless, started, refused) = (0, 0, 0, 0);
        for (var at = 0; at < file.Length; at++)
        {
            if (!TestRun.IsLong && at >= 100 && random.Next(24) != 0)
            {
                continue;
            }

            var bit = (byte)(1 << random.Next(8));
            file[at] ^= bit;
            foreach (var stale in Directory.GetFiles(elsewhere.Home.StateDirectory))
            {
                File.Delete(stale);
            }

            File.WriteAllBytes(elsewhere.Home.JournalDatabase, file);
            file[at] ^= bit;
            if (!auditor.Audit().Result.IsSound)
            {
                noticed++;
            }
            else
            {
                harmless++;
                using var rows = SqliteRows.Open(elsewhere.Home);
                AssertSame(records, [.. rows.Records()], $"seed {TestRun.Seed}, byte {at}, bit {bit}");
            }

            if (random.Next(TestRun.IsLong ? 4 : 25) == 0)
            {
                // A real start: compared, then recovered. Nothing but all of the events may come of it.
                if (auditor.Compare() is not null || await LedgerHome.RecoveredAnewAsync(elsewhere.Home, home.Keys.Journal) is not { } events)
                {
                    refused++;
                }
                else
                {
                    started++;
                    Assert.True(events == records.Count, $"seed {TestRun.Seed}, byte {at}, bit {bit}: {events} events of {records.Count}");
                }
            }
        }

        output.WriteLine($"seed {TestRun.Seed}: {noticed} flipped bytes noticed, {harmless} harmless, of {file.Length}; of a sample {refused} starts were refused, {started} read every event");
    }

    private static byte[] Stored(JournalRecord record) =>
        [1, (byte)record.Prev.Length, .. record.Prev.Span, (byte)record.Sum.Length, .. record.Sum.Span, .. record.Bytes.Span];

    /// <summary>The other journal's records as if this journal's key had written them, in another history.</summary>
    private static List<StoredRecord> Resealed(LedgerHome other, LedgerHome home)
    {
        var resealed = new List<StoredRecord>();
        foreach (var rows in other.Records().GroupBy(row => row.PersistenceId))
        {
            using var chain = new RecordChain(rows.Key, home.Keys.Journal);
            resealed.AddRange(rows.Select(row => row with { Message = Stored(chain.Append(row.Manifest, [.. NetclawSerializer.Unpack(row.Message, row.Manifest).Bytes.Span, 32])) }));
        }

        return resealed;
    }

    private static int InMemory(LedgerHome home, IEnumerable<Tampered> all)
    {
        var marked = home.Keys.Mark.Heads!.ToDictionary(each => each.Key, each => each.Value.Head);
        var tried = 0;
        foreach (var tampered in all)
        {
            var audit = new JournalAudit(home.Keys.Journal, LedgerHome.Kinds, marked);
            tampered.Rows.ForEach(audit.Add);
            AssertNamed(tampered, audit.Complete().FirstBad, "audit in memory");
            tried++;
        }

        return tried;
    }

    private static void AssertNamed(Tampered tampered, JournalFault? found, string by)
    {
        Assert.True(found is not null, $"{by}: {tampered} was not noticed");
        Assert.True(tampered.Sequences.Contains(found.Sequence), $"{by}: {tampered} was named as {found}");
    }

    private static void AssertSame(List<StoredRecord> expected, List<StoredRecord> found, string? when = null)
    {
        Assert.True(expected.Count == found.Count, when);
        foreach (var (left, right) in expected.Zip(found))
        {
            Assert.True(
                (left.PersistenceId, left.Sequence, left.Deleted, left.Manifest, left.Identifier) == (right.PersistenceId, right.Sequence, right.Deleted, right.Manifest, right.Identifier)
                && left.Message.Span.SequenceEqual(right.Message.Span), when);
        }
    }
}

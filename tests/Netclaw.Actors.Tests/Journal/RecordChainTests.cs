using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Tests.Journal;

public sealed class RecordChainTests
{
    private const string Id = "device-registry";
    private static readonly JournalKeys Keys = new(new byte[JournalKeys.RootBytes]);

    [Fact]
    public void Reads_WhatItWrote()
    {
        var records = Write(5);
        using var chain = new RecordChain(Id, Keys);

        for (var i = 0; i < records.Count; i++)
        {
            chain.Follow(i + 1, records[i]);
        }

        Assert.Equal(5, chain.Sequence);
        Assert.True(records[0].Prev.IsEmpty);
        Assert.True(records[1].Prev.Span.SequenceEqual(records[0].Sum.Span));
    }

    public static TheoryData<int, string> Damages()
    {
        var all = new TheoryData<int, string>();
        foreach (var position in (int[])[1, 2, 3, 4, 5])
        {
            foreach (var damage in (string[])["bytes", "manifest", "prev", "sum", "foreign key", "replaced"])
            {
                all.Add(position, damage);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Names_TheFirstBadRecord(int position, string damage)
    {
        var records = Write(5);
        records[position - 1] = Damage(records[position - 1], damage, position);

        var found = Assert.Throws<JournalDamageException>(() => Read(records));

        Assert.Equal(position, found.Sequence);
        Assert.Equal(Id, found.PersistenceId);
    }

    [Fact]
    public void Names_AMissingRecord()
    {
        var records = Write(3);
        using var chain = new RecordChain(Id, Keys);
        chain.Follow(1, records[0]);

        Assert.Equal(2, Assert.Throws<JournalDamageException>(() => chain.Follow(3, records[2])).Sequence);
    }

    [Fact]
    public void Names_ARecordMovedToAnotherPlace()
    {
        var records = Write(3);
        (records[1], records[2]) = (records[2], records[1]);

        Assert.Equal(2, Assert.Throws<JournalDamageException>(() => Read(records)).Sequence);
    }

    [Fact]
    public void Names_ARecordOfAnotherHistory()
    {
        var records = Write(3);
        var other = Write(3, first: "another beginning");
        records[1] = other[1];

        Assert.Equal(2, Assert.Throws<JournalDamageException>(() => Read(records)).Sequence);
    }

    [Fact]
    public void Refuses_ARecordOfAnotherActor()
    {
        using var other = new RecordChain("another", Keys);
        var record = other.Append("m", [1]);
        using var chain = new RecordChain(Id, Keys);

        Assert.Throws<JournalDamageException>(() => chain.Follow(1, record));
    }

    [Fact]
    public void Resumes_FromASnapshot_AndChecksTheTailAgainstIt()
    {
        using var writer = new RecordChain(Id, Keys);
        writer.Append("m", [1]);
        writer.Append("m", [2]);
        var snapshot = writer.Anchor("s", [9]);
        var tail = writer.Append("m", [3]);
        using var reader = new RecordChain(Id, Keys);

        reader.Resume(2, snapshot);
        reader.Follow(3, tail);

        Assert.Equal(3, reader.Sequence);
        Assert.Equal(writer.Append("m", [4]).Sum.ToArray(), reader.Append("m", [4]).Sum.ToArray());
    }

    [Fact]
    public void Refuses_ASnapshot_OfAnotherPlaceOrKind()
    {
        using var writer = new RecordChain(Id, Keys);
        var first = writer.Append("m", [1]);
        var snapshot = writer.Anchor("m", [1]);
        using var reader = new RecordChain(Id, Keys);

        Assert.Throws<JournalDamageException>(() => reader.Resume(2, snapshot));
        Assert.Throws<JournalDamageException>(() => reader.Resume(1, first));
        Assert.Throws<JournalDamageException>(() => reader.Follow(1, snapshot));
    }

    [Fact]
    public void Tells_ATailOfAnotherHistory_FromTheSnapshotsOwn()
    {
        using var writer = new RecordChain(Id, Keys);
        writer.Append("m", [1]);
        var snapshot = writer.Anchor("s", [9]);
        using var other = new RecordChain(Id, Keys);
        other.Append("m", [7]);
        var foreign = other.Append("m", [2]);
        using var reader = new RecordChain(Id, Keys);
        reader.Resume(1, snapshot);

        Assert.Equal(2, Assert.Throws<JournalDamageException>(() => reader.Follow(2, foreign)).Sequence);
    }

    [Fact]
    public void Frames_EveryField_SoThatNoTwoRecordsShareASum()
    {
        using var left = new RecordChain(Id, Keys);
        using var right = new RecordChain(Id, Keys);

        Assert.NotEqual(left.Append("ab", [99]).Sum.ToArray(), right.Append("a", [98, 99]).Sum.ToArray());
    }

    private static List<JournalRecord> Write(int count, string first = "first")
    {
        using var chain = new RecordChain(Id, Keys);
        return [.. Enumerable.Range(1, count).Select(i => chain.Append(i == 1 ? first : "kind", [(byte)i, 42]))];
    }

    private static void Read(List<JournalRecord> records)
    {
        using var chain = new RecordChain(Id, Keys);
        for (var i = 0; i < records.Count; i++)
        {
            chain.Follow(i + 1, records[i]);
        }
    }

    private static JournalRecord Damage(JournalRecord record, string damage, int position)
    {
        switch (damage)
        {
            case "bytes":
                return new JournalRecord(record.Manifest, Flip(record.Bytes), record.Prev, record.Sum);
            case "manifest":
                return new JournalRecord(record.Manifest + "x", record.Bytes, record.Prev, record.Sum);
            case "prev":
                return new JournalRecord(record.Manifest, record.Bytes, record.Prev.IsEmpty ? new byte[32] : Flip(record.Prev), record.Sum);
            case "sum":
                return new JournalRecord(record.Manifest, record.Bytes, record.Prev, Flip(record.Sum));
            case "foreign key":
                using (var foreign = new RecordChain(Id, JournalKeys.Generate()))
                {
                    return Enumerable.Range(1, position).Select(i => foreign.Append("kind", [(byte)i, 42])).Last();
                }

            default:
                // Rewritten without the key: the old sum over new bytes.
                return new JournalRecord(record.Manifest, new byte[] { 7, 7, 7 }, record.Prev, record.Sum);
        }
    }

    private static byte[] Flip(ReadOnlyMemory<byte> bytes)
    {
        var copy = bytes.ToArray();
        copy[^1] ^= 1;
        return copy;
    }
}

using System.Text;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Netclaw.Actors.Journal;

namespace Netclaw.Actors.Tests.Journal;

public sealed class NetclawSerializerTests : TestKit
{
    private NetclawSerializer Serializer => new((ExtendedActorSystem)Sys);

    [Fact]
    public void Copies_ARecord_AndItsManifest()
    {
        using var chain = new RecordChain("p", JournalKeys.Generate());
        foreach (var record in (JournalRecord[])[chain.Append("first", [1, 2, 3]), chain.Append("second", []), chain.Anchor("snapshot", [4])])
        {
            var read = (JournalRecord)Serializer.FromBinary(Serializer.ToBinary(record), Serializer.Manifest(record));

            Assert.Equal(record.Manifest, read.Manifest);
            Assert.Equal(record.Bytes.ToArray(), read.Bytes.ToArray());
            Assert.Equal(record.Prev.ToArray(), read.Prev.ToArray());
            Assert.Equal(record.Sum.ToArray(), read.Sum.ToArray());
        }
    }

    [Fact]
    public void Has_ItsOwnNumber() => Assert.Equal(4207, Serializer.Identifier);

    [Fact]
    public void Refuses_EverythingElse()
    {
        Assert.Throws<ArgumentException>(() => Serializer.ToBinary("text"));
        Assert.Throws<ArgumentException>(() => Serializer.Manifest(7));
    }

    [Fact]
    public void Leaves_EveryDamageOfTheFrame_ToTheChain()
    {
        var keys = JournalKeys.Generate();
        using var chain = new RecordChain("p", keys);
        var first = chain.Append("first", [1]);
        var stored = Serializer.ToBinary(chain.Append("second", Encoding.UTF8.GetBytes("bytes")));
        var frame = stored.Length - "bytes".Length;

        for (var length = 0; length < frame; length++)
        {
            Refused(stored[..length]);
        }

        stored[0] = 9;
        Refused(stored);

        void Refused(byte[] damaged)
        {
            using var reader = new RecordChain("p", keys);
            reader.Follow(1, first);
            var record = (JournalRecord)Serializer.FromBinary(damaged, "second");
            Assert.Equal(2, Assert.Throws<JournalDamageException>(() => reader.Follow(2, record)).Sequence);
        }
    }
}

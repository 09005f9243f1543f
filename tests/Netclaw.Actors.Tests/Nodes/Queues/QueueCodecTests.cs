using System.Text;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Actors.Nodes.Queues;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Nodes.Queues;

/// <summary>What has once been written is read for ever.</summary>
public sealed class QueueCodecTests
{
    private static readonly QueueCodec Codec = new();

    private static readonly QueueEvent[] Samples =
    [
        new QueueEvent.ItemQueued(Start, Id(1), new QueuedItem(Queued(1), "status.request", true, Start, Start.AddHours(1))),
        new QueueEvent.ItemsDrained(Start, Id(1), [Queued(1)]),
        new QueueEvent.ActionQueued(Start, Id(1), new QueuedAction(Queued(2), "camera.snap", Start, """{"facing":"front"}""")),
        new QueueEvent.ActionsAcked(Start, Id(1), [Queued(2)]),
    ];

    public static TheoryData<string> Manifests => [.. QueueCodec.Manifests];

    internal static QueuedId Queued(int number) => QueuedId.TryParse($"q_{number:d16}", out var id) ? id : throw new ArgumentException("no id");

    [Fact]
    public void Has_AManifest_ForEveryEvent()
    {
        var union = typeof(QueueEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(QueueEvent))).ToHashSet();

        Assert.Equal(union, Samples.Select(sample => sample.GetType()).ToHashSet());
        Assert.Equal(QueueCodec.Manifests, Samples.Select(sample => Codec.EncodeEvent(sample).Manifest));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Writes_AndReads_TheGoldenForm(string manifest)
    {
        var sample = Samples.Single(sample => Codec.EncodeEvent(sample).Manifest == manifest);
        var golden = GoldenFile.Of("Nodes/Queues", manifest, Codec.EncodeEvent(sample).Bytes);

        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(sample).Bytes));
        var read = Codec.DecodeEvent(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(read).Bytes));
        Assert.Equal((sample.GetType(), sample.At, sample.Node), (read.GetType(), read.At, read.Node));
    }

    [Fact]
    public void ASnapshot_IsReadBackAsItWas()
    {
        var state = Samples.Where(sample => sample is QueueEvent.ItemQueued or QueueEvent.ActionQueued).Aggregate(QueueState.Empty, (before, happened) => before.Apply(happened));
        var (manifest, bytes) = Codec.EncodeSnapshot(state);
        var golden = GoldenFile.Of("Nodes/Queues", manifest, bytes);

        var read = Codec.DecodeSnapshot(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeSnapshot(read).Bytes));
        Assert.Equal((1L, 1, 1), (read.Of(Id(1)).Revision, read.Of(Id(1)).Items.Length, read.Of(Id(1)).Actions.Length));
    }

    [Fact]
    public void StrangeNames_AreRefused_AndTheAuditKnowsOnesOwn()
    {
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeEvent("nq2.queued", "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeSnapshot("nq1.queued", "{}"u8.ToArray()));
        var (manifest, bytes) = Codec.EncodeEvent(Samples[0]);
        StoredKinds.All[NodeQueuesActor.Id].Event(manifest, bytes);
    }
}

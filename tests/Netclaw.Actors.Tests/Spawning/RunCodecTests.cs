using System.Text;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

using static Netclaw.Actors.Tests.Spawning.TestRuns;

namespace Netclaw.Actors.Tests.Spawning;

/// <summary>What has once been written is read for ever.</summary>
public sealed class RunCodecTests
{
    private static readonly RunCodec Codec = new();

    private static readonly RunEvent[] Samples =
    [
        new RunEvent.Accepted(Begun, Id(1), new RunPlan(
            Id(1), new RunWork.Program(["git", "status"], "/work"), "look", ConversationKey.MainOf("main"), null, 1, 60_000, true, ScopeSet.ReadWrite, "control:uid=1000")),
        new RunEvent.Started(Begun, Id(1)),
        new RunEvent.Ended(Begun, Id(1), new RunEnd(RunVerdict.Failed, 3, "no repository", null)),
        new RunEvent.Announced(Begun, Id(1)),
        new RunEvent.Tidied(Begun, Id(1)),
    ];

    private static readonly RunEvent ATurn = new RunEvent.Accepted(Begun, Id(2), new RunPlan(
        Id(2), new RunWork.Turn("coder", "count the files", ConversationKey.SubagentOf("coder", Guid.Empty), External: true), null, null, Id(1), 2, 600_000, false, new ScopeSet(Scope.Read), "run:1"));

    public static TheoryData<string> Manifests => [.. RunCodec.Manifests];

    [Fact]
    public void Has_AManifest_ForEveryEvent()
    {
        var union = typeof(RunEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RunEvent))).ToHashSet();

        Assert.Equal(union, Samples.Select(sample => sample.GetType()).ToHashSet());
        Assert.Equal(RunCodec.Manifests, Samples.Select(sample => Codec.EncodeEvent(sample).Manifest));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Writes_AndReads_TheGoldenForm(string manifest) => IsGolden(manifest, manifest, Samples.Single(sample => Codec.EncodeEvent(sample).Manifest == manifest));

    [Fact]
    public void Writes_AndReads_TheGoldenForm_OfATurn() => IsGolden("rn1.accepted", "rn1.accepted-turn", ATurn);

    [Fact]
    public void ASnapshot_IsReadBackAsItWas()
    {
        var state = Samples.Where(sample => sample is not RunEvent.Tidied).Append(ATurn).Aggregate(RunsState.Empty, (before, happened) => before.Apply(happened));
        var (manifest, bytes) = Codec.EncodeSnapshot(state);
        var golden = GoldenFile.Of("Spawning", manifest, bytes);

        var read = Codec.DecodeSnapshot(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeSnapshot(read).Bytes));
        Assert.Equal((2L, 2, RunVerdict.Failed), (read.LastNumber, read.Runs.Count, read.Find(Id(1))!.End!.Verdict));
    }

    [Fact]
    public void StrangeNames_AreRefused_AndTheAuditKnowsOnesOwn()
    {
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeEvent("rn2.accepted", "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeSnapshot("rn1.accepted", "{}"u8.ToArray()));
        var (manifest, bytes) = Codec.EncodeEvent(Samples[0]);
        StoredKinds.All[RunsActor.Id].Event(manifest, bytes);
    }

    private static void IsGolden(string manifest, string file, RunEvent sample)
    {
        var golden = GoldenFile.Of("Spawning", file, Codec.EncodeEvent(sample).Bytes);

        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(sample).Bytes));
        var read = Codec.DecodeEvent(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(read).Bytes));
        Assert.Equal((sample.GetType(), sample.At, sample.Run), (read.GetType(), read.At, read.Run));
    }
}

using System.Text;
using Netclaw.Actors.Cron;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Cron.TestJobs;

namespace Netclaw.Actors.Tests.Cron;

/// <summary>What has once been written is read for ever.</summary>
public sealed class CronCodecTests
{
    private static readonly CronCodec Codec = new();

    private static readonly CronEvent[] Samples =
    [
        new CronEvent.Added(Start, Id(1), Owner, Command(new CronPolicySpec { CatchUp = CronPolicySpec.All, Retries = 1 }) with
        {
            Delivery = new CronDeliverySpec(CronDeliverySpec.Webhook) { To = "https://example.org/hook" },
            Scopes = ScopeSet.ReadWrite,
        }),
        new CronEvent.Updated(Start, Id(1), Owner, Reminder("2030-01-02T00:00:00Z"), true),
        new CronEvent.Removed(Start, Id(1)),
        new CronEvent.Claimed(Start, Id(1), 2, 1, Start, 1, CronCause.Retry, Start.AddMinutes(1)),
        new CronEvent.Ended(Start, Id(1), 2, new CronOutcome(CronStatus.Error, "it failed", "what it said", false, "nobody took it"), Start.AddMinutes(2)),
        new CronEvent.Skipped(Start, Id(1), Start),
        new CronEvent.Disabled(Start, Id(1), CronAutoDisabled.Failures, 10),
    ];

    public static TheoryData<string> Manifests => [.. CronCodec.Manifests];

    [Fact]
    public void Has_AManifest_ForEveryEvent()
    {
        var union = typeof(CronEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(CronEvent))).ToHashSet();

        Assert.Equal(union, Samples.Select(sample => sample.GetType()).ToHashSet());
        Assert.Equal(CronCodec.Manifests, Samples.Select(sample => Codec.EncodeEvent(sample).Manifest));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Writes_AndReads_TheGoldenForm(string manifest)
    {
        var sample = Samples.Single(sample => Codec.EncodeEvent(sample).Manifest == manifest);
        var golden = GoldenFile.Of("Cron", manifest, Codec.EncodeEvent(sample).Bytes);

        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(sample).Bytes));
        var read = Codec.DecodeEvent(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeEvent(read).Bytes));
        Assert.Equal((sample.GetType(), sample.At, sample.Job), (read.GetType(), read.At, read.Job));
    }

    [Fact]
    public void ASnapshot_IsReadBackAsItWas_WithTheAgendaOfItsJobs()
    {
        var jobs = new TestJobs();
        jobs.Add(1, Command(new CronPolicySpec { Retries = 1 }));
        jobs.Add(2, Reminder("2030-01-02T00:00:00Z"));
        jobs.Tick(TimeSpan.FromMinutes(1));
        jobs.End(1, CronStatus.Error);
        var (manifest, bytes) = Codec.EncodeSnapshot(jobs.State);
        var golden = GoldenFile.Of("Cron", manifest, bytes);

        var read = Codec.DecodeSnapshot(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(Codec.EncodeSnapshot(read).Bytes));
        Assert.Equal(jobs.State.Agenda, read.Agenda);
    }

    [Fact]
    public void StrangeNames_AreRefused_AndTheAuditKnowsOnesOwn()
    {
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeEvent("cr2.added", "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Codec.DecodeSnapshot("cr1.added", "{}"u8.ToArray()));
        var (manifest, bytes) = Codec.EncodeEvent(Samples[0]);
        StoredKinds.All[CronActor.Id].Event(manifest, bytes);
    }
}

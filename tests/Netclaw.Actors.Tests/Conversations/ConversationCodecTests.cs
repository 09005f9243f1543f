using System.Text;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>What has once been written is read for ever.</summary>
public sealed class ConversationCodecTests
{
    private static readonly CatalogueCodec Catalogue = new();
    private static readonly TranscriptCodec Transcripts = new();
    private static readonly ConversationKey Main = ConversationKey.MainOf("main");

    private static readonly CatalogueEvent[] Listed =
    [
        new CatalogueEvent.Begun(Start, Main, 3, "Kitchen"),
        new CatalogueEvent.Patched(Start, Main, "Kitchen", Start),
        new CatalogueEvent.Reset(Start, Main, 4),
        new CatalogueEvent.Deleted(Start, Main),
        new CatalogueEvent.Woke(Start, Main),
        new CatalogueEvent.Rested(Start, Main, new RestedHead(17, Convert.ToBase64String(new byte[32])), new ConversationFacts(9, Start, "See you.")) { Transcript = new ConversationId(Main, 3) },
    ];

    private static readonly TranscriptEvent[] Said =
    [
        new TranscriptEvent.MessageAdded(new TranscriptMessage(9, Start, Speaker.Assistant, "See you.", "main") { Once = "o1", Run = "r1", StopReason = "stop" }),
        new TranscriptEvent.TurnAsked(new OpenTurn("r1", "main", 8, Start, 600_000)),
        new TranscriptEvent.TurnOver(Start, new ClosedTurn("r1", TurnEnd.Failed, "agent_failed")) { Usage = new AgentUsage(3, 5), Memory = new AgentMemory("main", "s-1", 8, "r1") },
    ];

    public static TheoryData<string> ListedManifests => [.. CatalogueCodec.Manifests];

    public static TheoryData<string> SaidManifests => [.. TranscriptCodec.Manifests];

    [Fact]
    public void Have_AManifest_ForEveryEvent()
    {
        Assert.Equal(Union(typeof(CatalogueEvent)), Listed.Select(sample => sample.GetType()).ToHashSet());
        Assert.Equal(CatalogueCodec.Manifests, Listed.Select(sample => Catalogue.EncodeEvent(sample).Manifest));
        Assert.Equal(Union(typeof(TranscriptEvent)), Said.Select(sample => sample.GetType()).ToHashSet());
        Assert.Equal(TranscriptCodec.Manifests, Said.Select(sample => Transcripts.EncodeEvent(sample).Manifest));
    }

    [Theory]
    [MemberData(nameof(ListedManifests))]
    public void TheCatalogue_Writes_AndReads_TheGoldenForm(string manifest) =>
        Holds(Catalogue, manifest, Listed.Single(sample => Catalogue.EncodeEvent(sample).Manifest == manifest));

    [Theory]
    [MemberData(nameof(SaidManifests))]
    public void ATranscript_Writes_AndReads_TheGoldenForm(string manifest) =>
        Holds(Transcripts, manifest, Said.Single(sample => Transcripts.EncodeEvent(sample).Manifest == manifest));

    [Fact]
    public void Snapshots_AreReadBackAsTheyWere()
    {
        var catalogue = CatalogueState.Empty.Apply(Listed[0]).Apply(Listed[1]).Apply(Listed[5]);
        var readCatalogue = Snapshot(Catalogue, catalogue);
        Assert.Equal((3L, catalogue.Entries[Main]), (readCatalogue.Generation, readCatalogue.Entries[Main]));

        var transcript = (Transcript.Empty with { Last = 8 }).Apply(Said[0]).Apply(Said[1]).Apply(Said[2]).Apply(new TranscriptEvent.TurnAsked(new OpenTurn("r2", "main", 9, Start, 1)));
        var readTranscript = Snapshot(Transcripts, transcript);
        Assert.Equal((9L, 9L, 8, 9L), (readTranscript.First, readTranscript.Last, readTranscript.HeldCharacters, readTranscript.Once["o1"]));
        Assert.Equal(new AgentMemory("main", "s-1", 8, "r1"), readTranscript.Memory);
        Assert.Equal((transcript.Held[0], transcript.Open[0], transcript.Closed[0]), (readTranscript.Held[0], readTranscript.Open[0], readTranscript.Closed[0]));
    }

    [Fact]
    public void StrangeNames_AreRefused_AndTheAuditKnowsEveryTranscript()
    {
        Assert.Throws<UnknownManifestException>(() => Catalogue.DecodeEvent("cv2.begun", "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Catalogue.DecodeSnapshot("cv1.begun", "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Transcripts.DecodeEvent("tr2.message", "{}"u8.ToArray()));
        Assert.Throws<UnknownManifestException>(() => Transcripts.DecodeSnapshot("tr1.message", "{}"u8.ToArray()));
        var (manifest, bytes) = Transcripts.EncodeEvent(Said[0]);
        StoredKinds.Find(StoredKinds.All, new ConversationId(Main, 3).PersistenceId)!.Event(manifest, bytes);
        Assert.Null(StoredKinds.Find(StoredKinds.All, "elsewhere/agent:main:main#3"));
        Assert.Null(StoredKinds.Find(StoredKinds.All, "conversation"));
        var rested = Catalogue.EncodeEvent(Listed[5]);
        Assert.Equal(("conversation/agent:main:main#3", 17L), StoredKinds.All[ConversationsActor.Id].Notes!(rested.Manifest, rested.Bytes) is var (id, head) ? (id, head.Sequence) : default);
    }

    [Theory]
    [InlineData("agent:main:main#3", true)]
    [InlineData("cron:tidy#12", true)]
    [InlineData("agent:main:main#0", false)]
    [InlineData("agent:main:main#-1", false)]
    [InlineData("agent:main:main", false)]
    [InlineData("#3", false)]
    public void TranscriptNames_AreReadWholeOrNotAtAll(string text, bool good)
    {
        Assert.Equal(good, ConversationId.TryParse(text, out var id));
        Assert.Equal(good ? text : "", id.ToString());
    }

    private static HashSet<Type> Union(Type of) => of.GetNestedTypes().Where(type => type.IsSubclassOf(of)).ToHashSet();

    private static void Holds<TEvent, TSnapshot>(IRecordCodec<TEvent, TSnapshot> codec, string manifest, TEvent sample)
    {
        var golden = GoldenFile.Of("Conversations", manifest, codec.EncodeEvent(sample).Bytes);
        Assert.Equal(golden, Encoding.UTF8.GetString(codec.EncodeEvent(sample).Bytes));
        var read = codec.DecodeEvent(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(sample, read);
    }

    private static TSnapshot Snapshot<TEvent, TSnapshot>(IRecordCodec<TEvent, TSnapshot> codec, TSnapshot state)
    {
        var (manifest, bytes) = codec.EncodeSnapshot(state);
        var golden = GoldenFile.Of("Conversations", manifest, bytes);
        var read = codec.DecodeSnapshot(manifest, Encoding.UTF8.GetBytes(golden));
        Assert.Equal(golden, Encoding.UTF8.GetString(codec.EncodeSnapshot(read).Bytes));
        return read;
    }
}

using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Conversations;

public sealed class CatalogueDeciderTests
{
    private static readonly ConversationKey Main = ConversationKey.MainOf("main");
    private static readonly ImmutableArray<AgentDescription> Agents = [new("main", "Main", "acp", null), new("other", "Other", "openai", "m")];

    [Fact]
    public void TheFirstMessage_BeginsAConversation_AndTheFirstAfterARest_WakesIt()
    {
        var state = Apply(CatalogueState.Empty, Adding("one"));
        Assert.Equal((1L, true), (state.Entries[Main].Id.Generation, state.Entries[Main].Awake));
        Assert.Null(CatalogueDecider.Decide(Adding("two"), state, Agents).Event);
        state = state.Apply(new CatalogueEvent.Rested(Start, Main, new RestedHead(2, "AAAA"), new ConversationFacts(2, Start)));

        Assert.IsType<CatalogueEvent.Woke>(CatalogueDecider.Decide(Adding("three"), state, Agents).Event);
        Assert.Null(CatalogueDecider.Decide(new ConversationCommand.Read(1, Start, Main, null, 10), state, Agents).Event);
    }

    [Fact]
    public void OneMoreThanTheGatewayKeeps_IsRefused()
    {
        var entries = Enumerable.Range(1, ConversationLimits.Conversations).Select(i => new CatalogueEntry(
            new ConversationId(ConversationKey.OfJob($"job-{i}"), i), Start, null, null, null, ConversationFacts.None, false)).ToImmutableDictionary(entry => entry.Id.Key);
        var full = new CatalogueState(ConversationLimits.Conversations, entries);

        Assert.Equal(RefusalCode.ConversationsFull, CatalogueDecider.Decide(Adding("one more"), full, Agents).Refusal!.Code);
        Assert.Null(CatalogueDecider.Decide(Adding("in one that is there") with { Key = ConversationKey.OfJob("job-1") }, full, Agents).Refusal);
    }

    [Fact]
    public void AMessage_HasABound_InBytes()
    {
        Assert.Null(CatalogueDecider.Decide(Adding(new string('a', ConversationLimits.MessageBytes)), CatalogueState.Empty, Agents).Refusal);
        Assert.Equal(RefusalCode.InvalidRequest, CatalogueDecider.Decide(Adding(new string('ä', (ConversationLimits.MessageBytes / 2) + 1)), CatalogueState.Empty, Agents).Refusal!.Code);
        Assert.Equal(RefusalCode.InvalidRequest, CatalogueDecider.Decide(Adding(""), CatalogueState.Empty, Agents).Refusal!.Code);
    }

    [Theory]
    [InlineData(null, "agent:main:main", "main")]
    [InlineData("other", "agent:main:main", "other")]
    [InlineData(null, "agent:other:main", "other")]
    [InlineData(null, "cron:tidy", "main")]
    [InlineData(null, "agent:nobody:main", null)]
    public void TheAgent_IsTheOneAskedFor_ThenTheKeys_ThenTheFirst(string? wanted, string key, string? meant)
    {
        Assert.True(ConversationKey.TryParse(key, out var of));
        Assert.Equal(meant, CatalogueDecider.Choose(wanted, of, Agents).Agent);
        Assert.Contains(CatalogueDecider.TwoLines, CatalogueDecider.Choose(wanted, of, []).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void APromptThatWasAcceptedBefore_BeginsNoConversation()
    {
        var again = new ConversationCommand.Prompt(1, Start, Main, new Said(Speaker.User, "well?", "anna"), "r1", new AgentGrant("anna", ScopeSet.ReadWrite, null, 0), TimeSpan.FromMinutes(1), null) { Again = true };

        var refused = CatalogueDecider.Decide(again, CatalogueState.Empty, Agents);
        Assert.Equal((RefusalCode.ConversationNotFound, null), (refused.Refusal!.Code, refused.Event));
        Assert.Null(CatalogueDecider.Decide(again, Apply(CatalogueState.Empty, Adding("one")), Agents).Refusal);
        Assert.IsType<CatalogueEvent.Begun>(CatalogueDecider.Decide(again with { Again = false }, CatalogueState.Empty, Agents).Event);
    }

    [Fact]
    public void Generations_NeverComeTwice()
    {
        var state = Apply(CatalogueState.Empty, Adding("one"));
        state = state.Apply(new CatalogueEvent.Deleted(Start, Main));
        state = Apply(state, Adding("two") with { Key = ConversationKey.OfJob("tidy") });
        state = Apply(state, Adding("three"));

        Assert.Equal(3, state.Entries[Main].Id.Generation);
        Assert.Equal(4, Assert.IsType<CatalogueEvent.Reset>(CatalogueDecider.Decide(new ConversationCommand.Reset(1, Start, Main), state, Agents).Event).Generation);
    }

    [Theory]
    [InlineData(null, false, true, false, null)]
    [InlineData(null, false, false, false, RefusalCode.MissingScope)]
    [InlineData(null, false, false, true, null)]
    [InlineData(null, true, true, false, RefusalCode.InvalidRequest)]
    [InlineData(null, true, false, true, null)]
    [InlineData("agent:main:main#1", false, true, false, null)]
    [InlineData("agent:main:main#2", false, true, false, RefusalCode.InvalidRequest)]
    public void ADeletion_HoldsToItsConditions_WhereItIsDecided(string? transcript, bool archivedOnly, bool admin, bool archived, RefusalCode? refused)
    {
        var state = Apply(CatalogueState.Empty, Adding("one"));
        state = archived ? state.Apply(new CatalogueEvent.Patched(Start, Main, null, Start)) : state;
        var delete = new ConversationCommand.Delete(1, Start, Main) { Transcript = transcript, ArchivedOnly = archivedOnly, Admin = admin };

        var decision = CatalogueDecider.Decide(delete, state, Agents);

        Assert.Equal((refused, refused is null), (decision.Refusal?.Code, decision.Event is CatalogueEvent.Deleted));
        Assert.Null(CatalogueDecider.Decide(delete, CatalogueState.Empty, Agents).Refusal); // nothing to delete
    }

    private static CatalogueState Apply(CatalogueState state, ConversationCommand command) => state.Apply(CatalogueDecider.Decide(command, state, Agents).Event!);

    private static ConversationCommand.Append Adding(string text) => new(1, Start, Main, new Said(Speaker.System, text, "test"), "once");
}

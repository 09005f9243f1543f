using Netclaw.Actors.Agents;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Daemon.Tests.Agents;

/// <summary>How much a model may call at once.</summary>
public sealed class OpenAiCallBoundTests
{
    [Fact]
    public async Task MoreCallsThanAnybodyMakes_EndTheTurn_AndNoneIsMade()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Calls([.. Enumerable.Range(0, 33).Select(number => ($"c{number}", "nodes_list", "{}"))]));

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal(RefusalCode.AgentFailed, failed.Code);
        Assert.Contains("it called more than 32 tools at once", failed.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Tools.Called);
    }

    [Fact]
    public async Task AsManyCallsAsAreAllowed_AreMade()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Calls([.. Enumerable.Range(0, 32).Select(number => ($"c{number}", "nodes_list", "{}"))]), Replies.Says("Many."));

        Assert.Equal("Many.", Assert.IsType<AgentOutcome.Completed>(await scene.RunAsync()).Text);
        Assert.Equal(32, scene.Tools.Called.Count);
    }

    [Fact]
    public async Task ArgumentsLargerThanAnyReal_EndTheTurn_AndTheCallIsNotMade()
    {
        await using var scene = await OpenAiScene.OpenAsync(Replies.Calls(("c1", "nodes_list", $$"""{"q":"{{new string('x', 257 * 1024)}}"}""")));

        var failed = Assert.IsType<AgentOutcome.Failed>(await scene.RunAsync());

        Assert.Equal(RefusalCode.AgentFailed, failed.Code);
        Assert.Contains("one of its calls of tools is larger than any real one", failed.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Tools.Called);
    }
}

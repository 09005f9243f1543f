using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations;

/// <summary>The end of a turn as <c>agent</c> and <c>agent.wait</c> answer it.</summary>
internal static class AgentEnd
{
    /// <param name="ended">Null: how it ended is not known any more.</param>
    public static AgentResult Of(string run, TurnEnded? ended, TimeSpan took) => ended?.Outcome switch
    {
        AgentOutcome.Completed o => new AgentResult(run, AgentResult.Ok)
        {
            SessionKey = ended.Key.ToString(), Summary = "completed", Result = new AgentAnswer([new AgentPayload(o.Text)], new AgentMeta((long)took.TotalMilliseconds, o.StopReason)),
        },
        AgentOutcome.Cancelled o => new AgentResult(run, AgentResult.Aborted)
        {
            SessionKey = ended.Key.ToString(), Summary = "aborted", Result = new AgentAnswer(o.Text.Length == 0 ? [] : [new AgentPayload(o.Text)], new AgentMeta((long)took.TotalMilliseconds, "aborted")),
        },
        { } outcome => new AgentResult(run, outcome is AgentOutcome.Failed { Code: RefusalCode.AgentTimedOut } ? AgentResult.TimedOut : AgentResult.Error)
        {
            SessionKey = ended.Key.ToString(), Summary = ConversationWire.Problem(outcome), ErrorMessage = ConversationWire.Problem(outcome),
        },
        null => new AgentResult(run, AgentResult.Error) { Summary = "it is over; the conversation's history shows how it ended" },
    };

    public static AgentWaitResult Waited(string run, TurnEnded? ended, DateTimeOffset now) => ended?.Outcome switch
    {
        null => new AgentWaitResult(run, AgentResult.TimedOut),
        AgentOutcome.Completed => new AgentWaitResult(run, AgentResult.Ok) { EndedAt = now.ToUnixTimeMilliseconds() },
        { } outcome => new AgentWaitResult(run, AgentResult.Error) { EndedAt = now.ToUnixTimeMilliseconds(), Problem = ConversationWire.Problem(outcome) },
    };
}

using static Netclaw.Protocol.RefusalCode;
using static Netclaw.Protocol.RefusalRows;
using static Netclaw.Protocol.RefusalSource;

namespace Netclaw.Protocol;

/// <summary>The rows about conversations and who answers in them.</summary>
internal static class AgentRefusalRows
{
    internal static readonly Row[] All =
    [
        new(NoAgent, Conversation, 0, 503, ExitCodes.Config, false,
            "netclaw.json names no agent that could answer; reminders, commands and routing work all the same.", "netclaw config check"),
        new(AgentFailed, Conversation, 0, 502, ExitCodes.Failed, false,
            "The agent could not answer, or what it answered is of no use.", "netclaw logs"),
        new(AgentTimedOut, Conversation, 0, 504, ExitCodes.TimedOut, false,
            "The agent took longer than the turn may last; it was told to stop.", "netclaw sessions list"),
        new(ConversationNotFound, Conversation, 0, 404, ExitCodes.Failed, false,
            "There is no conversation of this key.", "netclaw sessions list"),
        new(ConversationBusy, Conversation, 0, 429, ExitCodes.TryAgain, true,
            "As many turns of this conversation run or wait as the gateway allows.", "netclaw sessions list"),
        new(ConversationsFull, Conversation, 0, 507, ExitCodes.Failed, false,
            "The gateway keeps as many conversations as it can; delete some.", "netclaw sessions list"),
    ];
}

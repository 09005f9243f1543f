using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Examining;

/// <summary>One thing that the daemon knows how to look at and a doctor does not. Reads only, holds nothing, and works beside a daemon.</summary>
internal interface IExamineSection
{
    /// <summary>The member of the result that it becomes.</summary>
    string Name { get; }

    /// <returns>What was seen. What cannot be looked at is a fact of it where that can be told apart; an exception of files becomes an entry of <c>failed</c>.</returns>
    JsonNode? Look(Examination examination);
}

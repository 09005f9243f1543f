namespace Netclaw.Actors.Journal;

/// <summary>
/// For actors of which there are many: their heads stand in the records of one other actor, whose own head stands in the mark outside the journal. So a shortened journal is seen at
/// each reading, and the mark does not grow with their number.
/// </summary>
/// <param name="Family">What metrics call all of them.</param>
/// <param name="Head">As it was noted last; the journal may have gone on since, never back. Null: nothing was noted yet.</param>
public sealed record NotedHead(string Family, JournalHead? Head);

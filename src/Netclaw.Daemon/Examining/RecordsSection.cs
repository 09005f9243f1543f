using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Examining;

/// <summary>What <c>journal-check</c> says: every record of the journal, its chain, its snapshots and the head that is known from outside.</summary>
internal sealed class RecordsSection : IExamineSection
{
    public string Name => "records";

    /// <remarks>Keys that cannot be used are told by their own section; here it is noted that nothing could be judged.</remarks>
    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(
        JournalChecked.Of(examination.Home, examination.Options, examination.Call.Environment, new StartProblems()), OfflineJson.Readable.JournalChecked);
}

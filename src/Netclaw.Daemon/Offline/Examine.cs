using System.Text.Json.Nodes;
using Netclaw.Daemon.Examining;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>
/// Everything that a doctor needs of the daemon's knowledge, in one process: an object with a member for each section, and <c>failed</c> for those that could
/// not look. Takes no lock and writes nothing, so it works beside a daemon that runs or is stuck, and on a file system that is read-only.
/// </summary>
internal sealed class Examine : IOfflineVerb
{
    public string Name => "examine";

    public async Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        var examination = Examination.Of(call);

        // Beside each other: one waits for the disk while another loads a library.
        var looks = await Task.WhenAll(ExamineSections.All.Select(section => Task.Run(() => Look(section, examination), cancellation))).ConfigureAwait(false);
        var result = new JsonObject();
        var failed = new JsonObject();
        foreach (var (section, seen, problem) in looks)
        {
            if (problem is null)
            {
                result[section] = seen;
            }
            else
            {
                failed[section] = problem;
            }
        }

        result["failed"] = failed;
        call.Say(result, OfflineJson.Readable.JsonObject);
        return ExitCodes.Ok;
    }

    private static (string Section, JsonNode? Seen, string? Problem) Look(IExamineSection section, Examination examination)
    {
        try
        {
            return (section.Name, section.Look(examination), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (section.Name, null, e.Message);
        }
    }
}

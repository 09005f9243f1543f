using System.Text.Json.Nodes;
using Netclaw.Daemon.Examining;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>
/// Everything that a doctor needs of the daemon's knowledge, in one process: an object with a member for each section, and <c>failed</c> for those that could
/// not look; <c>--only</c> names the sections that are wanted. Takes no lock and writes nothing, so it works beside a daemon that runs or is stuck, and on a file system that is read-only.
/// </summary>
internal sealed class Examine : IOfflineVerb
{
    public string Name => "examine";

    public IReadOnlyList<string> Options => ["--only"];

    public async Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (Chosen(call) is not { } sections)
        {
            return ExitCodes.Ok;
        }

        var examination = Examination.Of(call);

        // Beside each other: one waits for the disk while another loads a library.
        var looks = await Task.WhenAll(sections.Select(section => Task.Run(() => Look(section, examination), cancellation))).ConfigureAwait(false);
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

    /// <summary>The sections of <c>--only</c>, separated by commas; all of them without it.</summary>
    /// <returns>Null, with the problem added: one is not known.</returns>
    private static IReadOnlyList<IExamineSection>? Chosen(OfflineCall call)
    {
        if (call.Option("--only")?.Split(',') is not { } named)
        {
            return ExamineSections.All;
        }

        if (named.Except(ExamineSections.All.Select(section => section.Name)).FirstOrDefault() is { } stranger)
        {
            call.Problems.Add(RefusalCode.UsageError, $"There is no section \"{stranger}\"; there are: {string.Join(", ", ExamineSections.All.Select(section => section.Name))}.");
            return null;
        }

        return [.. ExamineSections.All.Where(section => named.Contains(section.Name))];
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

using System.Diagnostics;
using System.Xml.Linq;
using Netclaw.Protocol;

namespace Netclaw.Sabotaged;

/// <param name="Test">Its full name, with the arguments of a theory.</param>
/// <param name="Outcome">Passed or Failed; Broke off, under the name of the suite, when there are no results.</param>
internal sealed record TestOutcome(string Test, string Outcome, string Message);

/// <summary>Some tests of one broken build, in a process of their own that is told which break it is.</summary>
internal static class SuiteRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);
    private const UnixFileMode OpenToRead = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly XNamespace Results = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <param name="broken">Null: not broken, though it could be.</param>
    /// <param name="kills">How often the kill loop may kill before it gives up.</param>
    public static async Task<IReadOnlyList<TestOutcome>> RunAsync(string suite, IEnumerable<Catch> tests, Break? broken, int kills)
    {
        var directory = Directory.CreateTempSubdirectory("netclaw-sabotage-").FullName;
        File.SetUnixFileMode(directory, OpenToRead); // a PostgreSQL server in it is another user's
        try
        {
            var start = new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    "vstest", Suites.Assembly(suite), "--TestCaseFilter:" + string.Join('|', tests.Select(test => test.Filter).Distinct()),
                    "--logger:trx;LogFileName=results.trx", "--ResultsDirectory:" + directory,
                },
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            if (broken is not null)
            {
                start.ArgumentList.Add("--");
                start.ArgumentList.Add("xUnit.StopOnFail=true"); // one is enough, and each may wait for what never comes
            }

            start.Environment["NETCLAW_SABOTAGE"] = broken?.ToString() ?? "";
            start.Environment["NETCLAW_KILLS"] = $"{kills}";
            start.Environment.Remove("NETCLAW_LONG");
            start.Environment.Remove("NETCLAW_TEST_PROGRAMS"); // those are whole
            start.Environment["TMPDIR"] = directory; // what a broken suite leaves behind goes with it
            using var process = Process.Start(start)!;
            var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            try
            {
                await process.WaitForExitAsync().WaitAsync(Longest);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                return [new TestOutcome(suite, "Broke off", $"still running after {Longest.TotalMinutes} minutes")];
            }

            var results = Path.Combine(directory, "results.trx");
            return File.Exists(results) ? Read(results) : [new TestOutcome(suite, "Broke off", string.Join('\n', await said))];
        }
        finally
        {
            await RemoveAsync(directory);
        }
    }

    /// <summary>
    /// A suite that stops at its first failure may leave a daemon behind that still writes here. That is no outcome: once more,
    /// and what then remains is left to whoever clears temporary folders.
    /// </summary>
    private static async Task RemoveAsync(string directory)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            try
            {
                Directory.Delete(directory, recursive: true);
                return;
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    private static List<TestOutcome> Read(string file) =>
    [
        .. XDocument.Load(file).Descendants(Results + "UnitTestResult").Select(result => new TestOutcome(
            (string)result.Attribute("testName")!, (string)result.Attribute("outcome")!,
            (string?)result.Descendants(Results + "Message").FirstOrDefault() ?? "")),
    ];
}

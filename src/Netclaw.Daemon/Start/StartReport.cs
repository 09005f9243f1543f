using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Netclaw.Daemon.Start;

/// <summary>Start problems as people read them, or as one JSON array of <c>CallError</c> for the program that started the daemon.</summary>
public static class StartReport
{
    public static string Render(StartProblems problems, bool asJson) => asJson ? Json(problems) : Text(problems);

    /// <summary>One line per problem, for where every line is kept by itself.</summary>
    public static IEnumerable<string> Lines(StartProblems problems) => problems.Found.Select(problem =>
    {
        var error = problem.ToError();
        return $"netclawd does not start: {error.Code}{(problem.Key is { } key ? $" {key}" : "")}{(problem.Value is { } value ? $" = {value}" : "")}: {error.Message}"
            + (error.Remedy is { } remedy ? $" -> {remedy}" : "");
    });

    private static string Json(StartProblems problems) =>
        JsonSerializer.Serialize([.. problems.Found.Select(problem => problem.ToError())], StartJson.Default.CallErrorArray) + "\n";

    private static string Text(StartProblems problems)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"netclawd does not start: {Count(problems.Found.Count)}.\n");
        foreach (var problem in problems.Found)
        {
            var error = problem.ToError();
            text.Append('\n').Append(error.Code);
            if (problem.Key is { } key)
            {
                text.Append("  ").Append(key).Append(problem.Value is { } value ? " = " + value : "");
            }

            text.Append("\n  ").Append(error.Message).Append('\n');
            if (error.Remedy is { } remedy)
            {
                text.Append("  -> ").Append(remedy).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Count(int number) => number == 1 ? "1 problem" : $"{number} problems";
}

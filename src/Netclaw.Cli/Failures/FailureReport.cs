using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Failures;

/// <summary>The details of a failure as programs read them.</summary>
/// <param name="Gateway">Details that the gateway gave, as it gave them.</param>
internal sealed record FailureDetails(ImmutableArray<Attempt>? Tried, ImmutableArray<CallError>? Problems, JsonElement? Gateway);

/// <summary>Writes a failure on stderr: as one <see cref="CallError"/> in JSON, or for a person.</summary>
internal static class FailureReport
{
    public static void Write(CommandFailure failure, Screen screen)
    {
        screen.Terminal.Out.Flush();
        if (screen.Json)
        {
            screen.Terminal.Error.WriteLine(Json(failure));
            return;
        }

        foreach (var line in Text(failure, screen.Terminal.ErrorIsTerminal ? screen.Width : int.MaxValue))
        {
            screen.Terminal.Error.WriteLine(line);
        }
    }

    public static string Json(CommandFailure failure)
    {
        var details = failure.Tried.IsEmpty && failure.Problems.IsEmpty
            ? failure.Error.Details
            : JsonSerializer.SerializeToElement(
                new FailureDetails(NullIfEmpty(failure.Tried), NullIfEmpty(failure.Problems), failure.Error.Details), CliJson.Readable.FailureDetails);
        return JsonSerializer.Serialize(failure.Error with { Details = details }, CliJson.Readable.CallError);
    }

    /// <param name="width">Columns of the terminal; the message is one line where nobody looks.</param>
    public static IEnumerable<string> Text(CommandFailure failure, int width)
    {
        foreach (var line in Wrapping.Wrap("netclaw: " + PlainText.Of(failure.Error.Message), width))
        {
            yield return line;
        }

        var number = 0;
        foreach (var problem in failure.Problems)
        {
            yield return $"  {++number}. {PlainText.Of(problem.Message)}";
            yield return $"     {PlainText.Of(problem.Code)}{(problem.Remedy is { } way ? ", next: " + PlainText.Of(way) : "")}";
        }

        foreach (var attempt in failure.Tried)
        {
            yield return $"  tried  {PlainText.Of(attempt.What)}: {PlainText.Of(attempt.Seen)}";
        }

        yield return $"  code   {PlainText.Of(failure.Error.Code)}";
        if (failure.Error.Remedy is { } remedy)
        {
            yield return $"  next   {PlainText.Of(remedy)}";
        }
    }

    private static ImmutableArray<T>? NullIfEmpty<T>(ImmutableArray<T> items) => items.IsEmpty ? null : items;
}

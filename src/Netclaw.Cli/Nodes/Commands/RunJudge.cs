using System.Text.Encodings.Web;
using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>Whether a program is lent: denied ones never, allowed ones always, others when whoever is asked says so.</summary>
/// <param name="ask">Null: nobody can be asked.</param>
internal sealed class RunJudge(NodeRules rules, AskRun? ask)
{
    private const int LongestLine = 400;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="directory">Where it would run, without links.</param>
    /// <returns>The program to start.</returns>
    /// <exception cref="Refused">It is not there, or not lent: with the line that would lend it.</exception>
    public async Task<ProgramPath> JudgeAsync(RunRequest request, string directory, CancellationToken cancellation)
    {
        var program = Found(request);
        IReadOnlyList<string> arguments = [.. request.Command.Skip(1)];
        if (rules.Denies(program, arguments))
        {
            throw Refused.Denied($"{SystemRun.CommandName}: the rules of this node deny {program.Path} with these arguments. Its owner finds the line under \"deny\" in {NodeRules.FileName}.");
        }

        if (rules.Allows(program, arguments))
        {
            return program;
        }

        var answer = ask is null ? RunVerdict.No("this node does not lend") : await ask(new RunQuestion(program, arguments, directory, request.Environment), cancellation);
        if (!answer.IsAllowed)
        {
            throw Refused.Denied($"{SystemRun.CommandName}: {answer.Why} {program.Path}. Its owner lends it by this line under \"allow\" in {NodeRules.FileName}: {Line(program, arguments)}");
        }

        // An answer takes minutes, and links can be led elsewhere meanwhile.
        return Found(request) is var now && now.Links.SequenceEqual(program.Links, StringComparer.Ordinal)
            ? now
            : throw Refused.Denied($"{SystemRun.CommandName}: {program.Path} became another program while an operator was asked; ask again.");
    }

    private ProgramPath Found(RunRequest request) => ProgramPath.Find(request.Command[0], rules.SearchPath)
        ?? throw Refused.NotDone($"{SystemRun.CommandName}: this node has no program {request.Command[0]} that it can start.");

    /// <summary>The narrowest that is short enough to be read.</summary>
    private static string Line(ProgramPath program, IReadOnlyList<string> arguments) =>
        Json([program.Path, .. arguments]) is { Length: <= LongestLine } whole ? whole : Json([program.Path]);

    private static string Json(IEnumerable<string> texts)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartArray();
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>Whether a program is lent: denied ones never, allowed ones always, others when whoever is asked says so.</summary>
/// <param name="ask">Whether these arguments, the program's path first, may be run this once; null: nobody can be asked.</param>
internal sealed class RunJudge(NodeRules rules, Func<IReadOnlyList<string>, CancellationToken, Task<bool>>? ask)
{
    private const int LongestLine = 400;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The program to start.</returns>
    /// <exception cref="Refused">It is not there, or not lent: with the line that would lend it.</exception>
    public async Task<ProgramPath> JudgeAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var program = ProgramPath.Find(command[0], rules.SearchPath)
            ?? throw Refused.NotDone($"{SystemRun.CommandName}: this node has no program {command[0]} that it can start.");
        IReadOnlyList<string> arguments = [.. command.Skip(1)];
        if (rules.Denies(program, arguments))
        {
            throw Refused.Denied($"{SystemRun.CommandName}: the rules of this node deny {program.Path} with these arguments. Its owner finds the line under \"deny\" in {NodeRules.FileName}.");
        }

        return rules.Allows(program, arguments) || (ask is not null && await ask([program.Path, .. arguments], cancellation))
            ? program
            : throw Refused.Denied($"{SystemRun.CommandName}: this node does not lend {program.Path}. Its owner lends it by this line under \"allow\" in {NodeRules.FileName}: {Line(program, arguments)}");
    }

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

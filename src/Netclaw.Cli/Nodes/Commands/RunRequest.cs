using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>What a caller wants to have run: a program and its arguments, never a line for a shell.</summary>
/// <param name="Directory">Absolute; null: the node's choice.</param>
internal sealed record RunRequest(IReadOnlyList<string> Command, string? Directory, IReadOnlyDictionary<string, string> Environment, TimeSpan Timeout)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);
    private const int MostArguments = 1024;
    private const int MostVariables = 128;

    /// <exception cref="Refused">It has another form, or names a variable that callers cannot set.</exception>
    public static RunRequest Read(JsonElement value)
    {
        var parameters = new Parameters(SystemRun.CommandName, value);
        if (parameters.Texts("command", MostArguments) is not [{ Length: > 0 } program, ..] command)
        {
            throw parameters.Wrong("command", "is not a program and its arguments in a list");
        }

        if (program.Contains('/') && program[0] != '/')
        {
            throw parameters.Wrong("command", "begins with a path that is not absolute; name the program, or its whole path");
        }

        if (parameters.Text("rawCommand") is { } raw && raw != string.Join(' ', command) && raw != string.Join(' ', command.Select(Quoted)))
        {
            throw parameters.Wrong("rawCommand", "says something else than \"command\"; only \"command\" is run, so leave it out");
        }

        var directory = parameters.Text("cwd") is { Length: > 0 } cwd ? cwd : null;
        return directory is not (null or ['/', ..])
            ? throw parameters.Wrong("cwd", "is not an absolute path")
            : new RunRequest(command, directory, RunEnvironment.OfCaller(parameters.Pairs("env", MostVariables)), TimeoutOf(parameters.Whole("timeoutMs")));
    }

    /// <summary>0 is the default, and more than the longest is the longest, as the gateway has it.</summary>
    private static TimeSpan TimeoutOf(long? milliseconds) =>
        milliseconds is null or 0 ? DefaultTimeout : TimeSpan.FromMilliseconds(Math.Min(milliseconds.Value, (long)LongestTimeout.TotalMilliseconds));

    private static string Quoted(string argument) => argument.Length > 0 && !argument.Any(symbol => char.IsWhiteSpace(symbol) || symbol == '"')
        ? argument
        : $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

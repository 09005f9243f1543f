using System.Collections;
using System.ComponentModel;
using System.Text.Json;
using Netclaw.Protocol.Processes;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// <c>system.run</c>: <c>{command:[…], cwd?, env?, timeoutMs?, rawCommand?}</c> to <c>{exitCode, timedOut, success, stdout, stderr, error}</c>.
/// A program that ran and failed is an answer; one that could not be run is none.
/// </summary>
/// <param name="ask">See <see cref="RunJudge"/>.</param>
internal sealed class SystemRun(NodeRules rules, Func<IReadOnlyList<string>, CancellationToken, Task<bool>>? ask, TimeProvider time) : INodeCommand
{
    public const string CommandName = "system.run";

    private readonly RunJudge _judge = new(rules, ask);

    public string Name => CommandName;

    public async Task<NodeAnswer> RunAsync(JsonElement parameters, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var request = RunRequest.Read(parameters);
            using var directory = DirectoryOf(request);
            var program = await _judge.JudgeAsync(request.Command, cancellation);
            using var group = Start(program, request, directory);
            return RunAnswer.Of(await new RunWatch(group, time).RunAsync(request.Timeout, cancellation));
        }
        catch (Refused refused)
        {
            return refused.Answer;
        }
    }

    /// <summary>Where nothing is said about directories, any will do: the programs are what is lent.</summary>
    private RealDirectory DirectoryOf(RunRequest request) => LentDirectory.Open(
        CommandName, request.Directory ?? rules.Roots.FirstOrDefault() ?? Home(), rules.Roots.IsEmpty ? ["/"] : rules.Roots);

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : "/";

    private ProcessGroup Start(ProgramPath program, RunRequest request, RealDirectory directory)
    {
        try
        {
            return ProcessGroup.Start(program.Path, request.Command.Skip(1), RunEnvironment.For(request.Environment, Own(), rules.SearchPath), directory.Way);
        }
        catch (Win32Exception e)
        {
            throw Refused.NotDone($"{CommandName}: {program.Path} could not be started: {e.Message.TrimEnd('.')}.");
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Own() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
}

using System.Collections;
using System.ComponentModel;
using System.Text.Json;

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
            return (await new RunWatch(group, time).RunAsync(request.Timeout, cancellation)).Answer();
        }
        catch (Refused refused)
        {
            return refused.Answer;
        }
    }

    private RealDirectory DirectoryOf(RunRequest request)
    {
        var path = request.Directory ?? rules.Roots.FirstOrDefault() ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) switch { "" => "/", var home => home };
        try
        {
            var directory = RealDirectory.Open(path);
            if (rules.Roots.IsEmpty || directory.IsInside(rules.Roots))
            {
                return directory;
            }

            directory.Dispose();
        }
        catch (IOException e)
        {
            throw Refused.NotDone($"{CommandName}: the directory {path} cannot be used: {e.Message.TrimEnd('.')}.");
        }

        throw Refused.Denied($"{CommandName}: {path} is outside of the directories that this node lends. Its owner lends it under \"roots\" in {NodeRules.FileName}.");
    }

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

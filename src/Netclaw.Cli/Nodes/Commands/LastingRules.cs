using Netclaw.Cli.Failures;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>What operators have allowed for ever, kept in the rules' file and in force at once. Thread-safe.</summary>
/// <param name="path">The rules' file, which need not be there.</param>
/// <param name="read">What it said at the start.</param>
internal sealed class LastingRules(string path, NodeRules read)
{
    private readonly Lock _writing = new();
    private volatile NodeRules _now = read;

    public bool Allows(RunQuestion question) => _now.Allows(question.Program, question.Arguments);

    /// <summary>After return the line stands in the file, whatever happens.</summary>
    /// <exception cref="CommandFailure">config_invalid: the file is damaged, or cannot be written; it is as it was.</exception>
    public void Allow(RunQuestion question)
    {
        lock (_writing)
        {
            _now = NodeRulesAddition.Allow(path, question, _now.SearchPath);
        }
    }
}

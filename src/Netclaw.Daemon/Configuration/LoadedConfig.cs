using System.Collections.Immutable;
using Netclaw.Daemon.Schema;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Configuration;

/// <summary>A netclaw.json as it was read and checked.</summary>
/// <param name="Options">The defaults for what could not be used.</param>
/// <param name="IsConsistent">What was read goes together, whatever else stands in the file.</param>
/// <param name="Keys">Every key that the reader asked for; none when the file is no JSON object at all.</param>
internal sealed record LoadedConfig(NetclawOptions Options, ImmutableArray<ConfigProblem> Problems, bool IsConsistent, ImmutableArray<ConfigKey> Keys)
{
    public void AddTo(StartProblems problems)
    {
        foreach (var problem in Problems)
        {
            problems.Add(problem.ToStartProblem());
        }
    }
}

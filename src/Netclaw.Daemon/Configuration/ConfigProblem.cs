using Netclaw.Daemon.Schema;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>One thing wrong with netclaw.json: the key, what stood there, what is wrong, what to write instead.</summary>
/// <param name="Value">As it stood in the file; null when nothing did.</param>
public sealed record ConfigProblem(string Key, string? Value, string Wrong, string Remedy)
{
    public ConfigStage Stage { get; init; } = ConfigStage.Meaning;

    public StartProblem ToStartProblem() => new(RefusalCode.ConfigInvalid, $"{Wrong} {Remedy}", Key: Key, Value: Value);
}

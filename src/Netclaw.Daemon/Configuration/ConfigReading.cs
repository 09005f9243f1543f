using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>What one reading of netclaw.json saw: every problem, and every key that was asked for, in that order.</summary>
internal sealed class ConfigReading
{
    public List<ConfigProblem> Problems { get; } = [];

    public List<ConfigKey> Keys { get; } = [];
}

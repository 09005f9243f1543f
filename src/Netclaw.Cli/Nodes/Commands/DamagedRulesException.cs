namespace Netclaw.Cli.Nodes.Commands;

/// <summary>Where a rules' file stops making sense, and why.</summary>
/// <param name="line">From 1.</param>
/// <param name="column">From 1, in bytes.</param>
internal sealed class DamagedRulesException(string reason, long line, long column) : Exception(reason)
{
    public long Line => line;

    public long Column => column;
}

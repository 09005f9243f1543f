namespace Netclaw.Cli.Nodes.Commands;

/// <summary>All that a node can lend.</summary>
internal static class NodeCommands
{
    /// <param name="print">Shows one line on the node's screen; what it gets is safe for a terminal.</param>
    /// <param name="ask">Whether a program that no rule speaks of may run; null: then it does not.</param>
    public static IReadOnlyList<INodeCommand> All(NodeRules rules, Action<string> print, AskRun? ask, TimeProvider time) =>
    [
        new SystemRun(rules, ask, time), new SystemWhich(rules), new SystemNotify(print), new ListDirectory(rules), new DeviceInfo(), new DeviceStatus(rules),
    ];
}

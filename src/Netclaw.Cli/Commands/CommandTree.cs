using System.CommandLine;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary>The whole command line, one line per noun.</summary>
internal static class CommandTree
{
    public static RootCommand Build(CliHost host)
    {
        var globals = new GlobalOptions();
        var shell = new CommandShell(host, globals);
        var root = new RootCommand("The front door of a personal agent: start the daemon, pair devices, see who is connected, talk with an agent.")
        {
            UpCommands.Up(shell),
            UpCommands.Down(shell),
            DaemonCommand.Build(shell),
            PairCommand.Build(shell),
            DevicesCommand.Build(shell),
            NodesCommand.Build(shell),
            NodeCommand.Build(shell),
            ApprovalsCommand.Build(shell),
            SpawnCommand.Build(shell),
            RunsCommand.Build(shell),
            CronCommand.Build(shell),
            ImportCommand.Build(shell),
            ConnectionsCommand.Build(shell),
            SessionsCommand.Build(shell),
            ChatCommand.Build(shell),
            StatusCommand.Build(shell),
            LogsCommand.Build(shell),
            ConfigCommand.Build(shell),
            AuthCommand.Build(shell),
            DoctorCommand.Build(shell),
            RecoverCommand.Build(shell),
            BackupCommand.Build(shell),
            ExplainCommand.Build(shell),
            PolicyCommand.Build(shell),
            CompletionCommand.Build(shell),
            McpCommand.Build(shell),
        };
        foreach (var option in globals.All)
        {
            root.Options.Add(option);
        }

        VersionText.Install(root, host);
        RootHelp.Install(root, host.Terminal.Width);
        return root;
    }
}

using System.CommandLine;
using System.CommandLine.Help;

namespace Netclaw.Cli.Commands;

/// <summary>Help as wide as the terminal; <c>netclaw</c> alone shows it too.</summary>
internal static class RootHelp
{
    public static void Install(RootCommand root, int width)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show help.";
        var action = (HelpAction)help.Action!;
        action.MaxWidth = Math.Max(60, width);
        root.SetAction(action.Invoke);
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary>This program's version: <c>netclaw 0.1.0</c>.</summary>
internal static class VersionText
{
    /// <summary>Without the source revision behind the plus sign.</summary>
    public static string Number { get; } =
        (typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public static void Install(RootCommand root, CliHost host)
    {
        var option = root.Options.OfType<VersionOption>().Single();
        option.Description = "Show the version.";
        option.Action = new Show(host);
    }

    private sealed class Show(CliHost host) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            host.Terminal.Out.WriteLine(parseResult.GetValue<bool>("--json") ? $$"""{"name":"netclaw","version":"{{Number}}"}""" : $"netclaw {Number}");
            return 0;
        }
    }
}

using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Configuration;

/// <summary><c>--file</c> as the daemon's program takes it.</summary>
internal static class ConfigFileName
{
    /// <summary>Relative paths begin where the person is.</summary>
    public static string[] Arguments(string? file) => file is null ? [] : ["--file", Path.GetFullPath(file)];

    public static void RefuseElsewhere(CommandContext context, string verb) => context.RefuseElsewhere($"config {verb}");
}

using Netclaw.Protocol.Processes;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// A lent program's variables. The node's own are secrets as likely as not, so that only a few are handed on; a caller's may not make
/// another program of the one that was allowed.
/// </summary>
internal static class RunEnvironment
{
    /// <summary>Where programs, libraries, start files and code to run first come from.</summary>
    private static readonly string[] RefusedNames =
    [
        "PATH", "HOME", "IFS", "ENV", "PS4", "SHELLOPTS", "NODE_OPTIONS", "NODE_PATH", "GCONV_PATH", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH",
        "MAVEN_OPTS", "GRADLE_OPTS", "GLIBC_TUNABLES", "LOCPATH", "LESSOPEN", "LESSCLOSE", "PAGER", "EDITOR", "VISUAL", "PROMPT_COMMAND", "SSH_ASKPASS", "SUDO_ASKPASS",
    ];

    private static readonly string[] RefusedBeginnings =
        ["LD_", "DYLD_", "BASH", "PYTHON", "PERL", "RUBY", "GIT_", "XDG_", "DOTNET_", "CORECLR_", "LUA_", "OPENSSL_", "NPM_CONFIG_", "CARGO_", "RUSTC_", "NETCLAW_"];

    /// <exception cref="Refused">One of them cannot be set by a caller, or is no variable.</exception>
    public static IReadOnlyDictionary<string, string> OfCaller(IEnumerable<KeyValuePair<string, string>> asked)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in asked)
        {
            if (name.Length == 0 || name.Contains('='))
            {
                throw Refused.Invalid($"{SystemRun.CommandName}: \"{name}\" in \"env\" is not a variable's name.");
            }

            variables[name] = IsRefused(name)
                ? throw Refused.Denied($"{SystemRun.CommandName}: {name} changes which code a program runs; this node lets no caller set it. Leave it out of \"env\".")
                : value;
        }

        return variables;
    }

    /// <param name="own">The node's variables.</param>
    public static IReadOnlyDictionary<string, string> For(IReadOnlyDictionary<string, string> ofCaller, IEnumerable<KeyValuePair<string, string>> own, string searchPath) =>
        InheritedVariables.With(own, searchPath, ofCaller);

    private static bool IsRefused(string name) => RefusedNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || RefusedBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}

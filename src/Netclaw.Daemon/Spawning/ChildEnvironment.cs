using System.Collections;
using Netclaw.Protocol.Processes;

namespace Netclaw.Daemon.Spawning;

/// <summary>What a child of the daemon finds in its environment.</summary>
internal static class ChildEnvironment
{
    public static string SearchPath => Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : "/usr/local/bin:/usr/bin:/bin";

    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : "/";

    /// <param name="added">These win over what is handed on.</param>
    public static Dictionary<string, string> With(IEnumerable<KeyValuePair<string, string>> added) => InheritedVariables.With(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")), SearchPath, added);
}

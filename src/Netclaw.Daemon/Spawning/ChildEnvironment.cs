using System.Collections;

namespace Netclaw.Daemon.Spawning;

/// <summary>What a child finds in its environment. The daemon's own variables are secrets as likely as not: only these few are handed on.</summary>
internal static class ChildEnvironment
{
    private static readonly string[] HandedOn = ["HOME", "LANG", "TZ", "TERM", "USER", "LOGNAME", "TMPDIR"];

    public static string SearchPath => Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : "/usr/local/bin:/usr/bin:/bin";

    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? home : "/";

    /// <param name="added">These win over what is handed on.</param>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> added)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""))
            .Where(variable => HandedOn.Contains(variable.Key) || variable.Key.StartsWith("LC_", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        variables["PATH"] = SearchPath;
        foreach (var (name, value) in added)
        {
            variables[name] = value;
        }

        return variables;
    }
}

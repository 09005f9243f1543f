namespace Netclaw.Protocol.Processes;

/// <summary>What a program that is started for somebody else finds of its starter's environment. Most of that is secrets as likely as not: only these few are handed on.</summary>
public static class InheritedVariables
{
    private static readonly string[] Names = ["HOME", "LANG", "TZ", "TERM", "USER", "LOGNAME", "TMPDIR"];

    /// <param name="own">The starter's variables.</param>
    /// <param name="searchPath">For <c>PATH</c>.</param>
    /// <param name="added">These win over what is handed on.</param>
    public static Dictionary<string, string> With(IEnumerable<KeyValuePair<string, string>> own, string searchPath, IEnumerable<KeyValuePair<string, string>> added)
    {
        var variables = own.Where(variable => Names.Contains(variable.Key) || variable.Key.StartsWith("LC_", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        variables["PATH"] = searchPath;
        foreach (var (name, value) in added)
        {
            variables[name] = value;
        }

        return variables;
    }
}

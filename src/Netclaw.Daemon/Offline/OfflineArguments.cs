using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>The command line of <c>netclawd offline</c>. Results are always JSON; <c>--json</c> may be written all the same.</summary>
internal sealed record OfflineArguments(IOfflineVerb Verb, string? Home, IReadOnlyDictionary<string, string> Options)
{
    public const string Usage = "netclawd offline VERB [--home DIR] [--json]";

    /// <param name="arguments">What follows <c>offline</c>.</param>
    /// <returns>Null, with the problem added, when they are not of the form above.</returns>
    public static OfflineArguments? Parse(IReadOnlyList<string> arguments, StartProblems problems)
    {
        var names = string.Join(", ", OfflineVerbs.All.Select(verb => verb.Name));
        if (arguments.Count == 0)
        {
            return Wrong(problems, $"No verb was given; there are: {names}.");
        }

        if (OfflineVerbs.Find(arguments[0]) is not { } verb)
        {
            return Wrong(problems, $"There is no offline verb \"{arguments[0]}\"; there are: {names}.");
        }

        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        string? home = null;
        for (var i = 1; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--json")
            {
                continue;
            }

            if (name != "--home" && !verb.Options.Contains(name, StringComparer.Ordinal))
            {
                return Wrong(problems, $"{verb.Name} has no option \"{name}\".");
            }

            if (++i >= arguments.Count || string.IsNullOrWhiteSpace(arguments[i]))
            {
                return Wrong(problems, $"{name} wants a value.");
            }

            if (name == "--home")
            {
                home = arguments[i];
            }
            else
            {
                options[name] = arguments[i];
            }
        }

        return new OfflineArguments(verb, home, options);
    }

    private static OfflineArguments? Wrong(StartProblems problems, string message)
    {
        problems.Add(RefusalCode.UsageError, $"{message} Usage: {Usage}");
        return null;
    }
}

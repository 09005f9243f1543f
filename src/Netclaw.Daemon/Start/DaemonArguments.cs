using System.Net;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Start;

/// <summary>The command line of <c>netclawd run</c>.</summary>
public sealed record DaemonArguments
{
    public const string Usage = "netclawd run [--home DIR] [--listen ADDRESS:PORT] [--detached] [--trial] [--json-errors]";

    /// <summary>Null: <c>NETCLAW_HOME</c>, else <c>~/.netclaw</c>.</summary>
    public string? Home { get; init; }

    /// <summary>Overrides <c>listen</c> of netclaw.json; port 0 takes a free one.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>Own session, log to the file only, standard streams let go once ready.</summary>
    public bool Detached { get; init; }

    /// <summary>To be connected to once, from this machine: a loopback port of its own instead of the configured address, no tunnel needed, gone by itself after a minute.</summary>
    public bool Trial { get; init; }

    public bool JsonErrors { get; init; }

    /// <summary>Null, with the problem added, when <paramref name="arguments"/> are not of the form above.</summary>
    public static DaemonArguments? Parse(IReadOnlyList<string> arguments, StartProblems problems)
    {
        var parsed = new DaemonArguments { JsonErrors = arguments.Contains("--json-errors", StringComparer.Ordinal) };
        if (arguments is not ["run", ..])
        {
            return Wrong(problems, arguments.Count == 0 ? "No verb was given." : $"There is no verb \"{arguments[0]}\".");
        }

        for (var i = 1; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--detached":
                    parsed = parsed with { Detached = true };
                    break;
                case "--trial":
                    parsed = parsed with { Trial = true };
                    break;
                case "--json-errors":
                    break;
                case "--home" when !string.IsNullOrWhiteSpace(value):
                    parsed = parsed with { Home = value };
                    i++;
                    break;
                case "--listen" when value is not null && TryParseEndpoint(value, out var endpoint):
                    parsed = parsed with { Listen = endpoint };
                    i++;
                    break;
                case "--listen":
                    return Wrong(problems, $"--listen wants ADDRESS:PORT, for example 127.0.0.1:5199; it was given \"{value}\".");
                case "--home":
                    return Wrong(problems, "--home wants a directory.");
                default:
                    return Wrong(problems, $"There is no option \"{arguments[i]}\".");
            }
        }

        return parsed;
    }

    internal static bool TryParseEndpoint(string text, out IPEndPoint endpoint)
    {
        // Without the port it would parse too, as port 0: a typo must not bind somewhere else.
        var hasPort = text.LastIndexOf(':') > text.LastIndexOf(']') && (text.StartsWith('[') || text.IndexOf(':') == text.LastIndexOf(':'));
        endpoint = null!;
        return hasPort && IPEndPoint.TryParse(text, out endpoint!);
    }

    private static DaemonArguments? Wrong(StartProblems problems, string message)
    {
        problems.Add(RefusalCode.UsageError, $"{message} Usage: {Usage}");
        return null;
    }
}

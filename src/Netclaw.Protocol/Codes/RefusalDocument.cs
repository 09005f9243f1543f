using System.Globalization;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>docs/codes.md, written from the table so that it cannot say anything else.</summary>
public static class RefusalDocument
{
    private static readonly (RefusalSource Source, string Title)[] Sections =
    [
        (RefusalSource.Connection, "The connection, before anybody says anything"),
        (RefusalSource.Conversation, "The conversation"),
        (RefusalSource.Identity, "Who are you"),
        (RefusalSource.Proxy, "Whom a proxy names"),
        (RefusalSource.Pairing, "Pairing"),
        (RefusalSource.CommandLine, "Seen by the command line alone"),
        (RefusalSource.Start, "Seen at start"),
    ];

    public static string Markdown()
    {
        var text = new StringBuilder("""
            # Codes

            Everything Netclaw refuses, by name. The set is closed and the names are stable. `netclaw explain <code>` prints one row;
            the same table decides WebSocket close codes, HTTP statuses, exit codes and log events.

            *close*: the code a connection ends with, `-` when only a call is answered. *http*: the status of a plain request. *exit*: what the
            command line exits with. *log*: the id of the log and audit event. *again*: the same try can succeed later by itself.

            """);
        foreach (var (source, title) in Sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
            text.Append("| code | meaning | the way out | close | http | exit | log | again |\n|---|---|---|---|---|---|---|---|\n");
            foreach (var row in RefusalTable.All.Where(row => row.Source == source))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{row.Name}` | {row.Meaning} | {Command(row.Remedy)} | {Number(row.WebSocketClose)} | {Number(row.HttpStatus)} | {row.ExitCode} | {row.LogEvent} | {(row.Retryable ? "yes" : "no")} |\n");
            }
        }

        return text.ToString();
    }

    private static string Command(string remedy) => remedy.Length == 0 ? "none needed" : $"`{remedy}`";

    private static string Number(int number) => number == 0 ? "-" : number.ToString(CultureInfo.InvariantCulture);
}

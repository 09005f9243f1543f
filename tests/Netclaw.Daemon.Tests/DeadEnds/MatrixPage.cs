using System.Globalization;
using System.Text;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>docs/command-matrix.md.</summary>
internal static class MatrixPage
{
    public static string Markdown(CellSheet cells)
    {
        var text = new StringBuilder("""
            # Which command works for whom

            Made by running every cell against a real daemon; `NETCLAW_UPDATE_DOCS=1 dotnet test tests/Netclaw.Daemon.Tests --filter CommandMatrix` writes it again.
            *yes*: the command did what it is for. Anything else is the code it was refused with ([what it means and the way out](codes.md)).
            Auth mode is `token`, everything else at its default; the device is paired with the default scopes, the run was given read and write.

            Every command works on the daemon's host through the control socket, in every exposure and auth mode, with nothing paired
            ([why](adr/0010-need-no-pairing-on-the-host.md)).

            | credential | what it is |
            |---|---|
            | control socket | the owner of the home, named by the kernel |
            | host key | the same over TCP, with the key in the home (`--url` of the bound address) |
            | paired device | another home that was paired by a code |
            | shared token | a home without any key, with `NETCLAW_GATEWAY_TOKEN`, over TCP |
            | spawn credential | a child of the daemon, with the `NETCLAW_URL` and `NETCLAW_TOKEN` that it was given |
            | none | a home without any key, over TCP |

            """);
        foreach (var exposure in Exposure.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## Commands that ask the gateway: exposure `{exposure.Name}`\n\n");
            Row(text, ["command", .. CredentialColumn.All.Select(column => column.Name)]);
            Row(text, Enumerable.Repeat("---", CredentialColumn.All.Count + 1));
            foreach (var command in GatewayCommand.All)
            {
                Row(text, [$"`{command.Name}`", .. CredentialColumn.All.Select(column => Shown(cells.Of(exposure.Name, command.Name, column.Name)))]);
            }
        }

        text.Append("\n## Commands about the home itself\n\nThe owner of the home uses them; no credential takes part. `pair` makes a credential and needs none.\n\n");
        Row(text, ["command", "works with", .. Exposure.All.Select(exposure => exposure.Name)]);
        Row(text, Enumerable.Repeat("---", Exposure.All.Count + 2));
        foreach (var command in HomeCommand.All)
        {
            Row(text, [$"`{command.Name}`", command.Why, .. Exposure.All.Select(exposure => Shown(cells.Of(exposure.Name, command.Name, "")))]);
        }

        return text.ToString();
    }

    private static string Shown(string cell) => cell == "yes" ? cell : $"`{cell}`";

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}

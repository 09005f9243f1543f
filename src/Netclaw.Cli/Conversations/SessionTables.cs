using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary>Conversations, the latest first.</summary>
/// <param name="Total">Of all pages.</param>
/// <param name="NextOffset">Of the next page; null: this is the last.</param>
internal sealed record SessionsReport(ImmutableArray<SessionRow> Sessions, int Total, int? NextOffset, ReachedBy ReachedBy);

/// <summary>Conversations for people.</summary>
internal static class SessionTables
{
    public static void Print(SessionsReport report, Screen screen, DateTimeOffset now)
    {
        if (report.Sessions.IsEmpty)
        {
            screen.Line("No conversations.");
            return;
        }

        var table = new Table("KEY", "LABEL", "MESSAGES", "UPDATED", "LAST") { Flexible = ["KEY", "LABEL", "LAST"] };
        foreach (var row in report.Sessions)
        {
            table.Add(
                row.Key, row.Label ?? "-", row.MessageCount.ToString(CultureInfo.InvariantCulture),
                row.Status == SessionRow.Running ? "answering" : row.UpdatedAt is { } at ? Spoken.Ago(at, now) : "-", row.LastMessagePreview ?? "-");
        }

        screen.Lines(table.Lines(screen.Width));
        if (report.NextOffset is { } next)
        {
            screen.Line(screen.Dim($"{report.Total} in all; go on with --offset {next}."));
        }
    }

    public static void Print(ChatHistoryResult history, Screen screen)
    {
        if (history.Kind == ChatHistoryResult.Reset)
        {
            screen.Line("The transcript is another one since: read it without --after.");
            return;
        }

        foreach (var message in history.Messages ?? [])
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(message.Timestamp).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            screen.Line(screen.Dim($"#{message.Seq} {at} {message.Role} ({PlainText.Of(message.By)})"));
            foreach (var part in message.Content)
            {
                screen.Line(PlainText.Lines(part.Text));
            }

            screen.Line();
        }

        if (history.InFlightRun is { } run)
        {
            screen.Line(screen.Dim($"… being answered as run {PlainText.Of(run.RunId)}"));
            screen.Line(PlainText.Lines(run.Text));
        }
        else if (history.Messages is not { IsEmpty: false })
        {
            screen.Line("No messages.");
        }
    }
}

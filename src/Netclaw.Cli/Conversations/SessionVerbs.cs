using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary><c>netclaw sessions list|history|send|cancel|rename|delete</c>.</summary>
internal sealed class SessionVerbs(CommandContext context)
{
    private static readonly JsonElement Yes = JsonElement.Parse("true");

    public async Task<Report> ListAsync(string? search, bool archived, int limit, int offset, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var page = await gateway.SessionsAsync(new SessionsListParams { Search = search, Archived = archived ? Yes : null, Limit = limit, Offset = offset });
        var report = new SessionsReport(page.Sessions, page.TotalCount, page.NextOffset, gateway.ReachedBy);
        return Report.Of(report, () => CliJson.Readable.SessionsReport, (shown, screen) => SessionTables.Print(shown, screen, context.Now));
    }

    public async Task<Report> HistoryAsync(HistoryRequest wanted, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var history = await new HistoryReading(gateway).ReadAsync(wanted);
        return Report.Of(history, () => CliJson.Readable.ChatHistoryResult, SessionTables.Print);
    }

    public async Task<Report> SendAsync(string key, string message, CancellationToken cancellation)
    {
        var text = message == "-" ? await MessageInput.ReadAsync(context.Host.Terminal, "netclaw sessions send", cancellation) : message;
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var sent = await gateway.SendAsync(new ChatSendParams(key, text, NewRun()) { TimeoutMs = context.Options.Timeout is { } timeout ? (long)timeout.TotalMilliseconds : null });
        return Report.Of(sent, () => CliJson.Readable.ChatSendResult, (result, screen) => screen.Line(
            result.Position is > 0 ? $"Said; {Spoken.Count(result.Position.Value, "turn")} before it. The run is {PlainText.Of(result.RunId)}." : $"Said. The run is {PlainText.Of(result.RunId)}."));
    }

    public async Task<Report> CancelAsync(string key, string? run, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var cancelled = await gateway.AbortAsync(new SessionsAbortParams { Key = key, RunId = run });
        return Report.Of(cancelled, () => CliJson.Readable.SessionsAbortResult, (result, screen) => screen.Line(
            (result.Turns, result.Runs) switch
            {
                (0, null) => "Nothing runs or waits there.",
                (0, { } runs) => $"{Spoken.Count(runs, "run")} cancelled.",
                (var turns, null) => $"{Spoken.Count(turns, "turn")} cancelled.",
                var (turns, runs) => $"{Spoken.Count(turns, "turn")} and {Spoken.Count(runs.Value, "run")} cancelled.",
            }));
    }

    public async Task<Report> RenameAsync(string key, string label, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var renamed = await gateway.PatchAsync(new SessionsPatchParams(key) { Label = JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(label, ProtocolJson.Default.String)) });
        return Report.Of(renamed, () => CliJson.Readable.SessionsPatchResult, (result, screen) => screen.Line(
            result.Entry.Label is { } now ? $"{result.Key} is now called {PlainText.Of(now)}." : $"{result.Key} has no label any more."));
    }

    public async Task<Report> DeleteAsync(string key, bool yes, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        if (await gateway.SessionAsync(new SessionsDescribeParams(key)) is not { } row)
        {
            throw new CommandFailure(RefusalCode.ConversationNotFound, $"There is no conversation {PlainText.Of(key)}.");
        }

        if (!yes)
        {
            await ConfirmAsync(row, cancellation);
        }

        var deleted = await gateway.DeleteAsync(new SessionsDeleteParams(row.Key));
        return Report.Of(deleted, () => CliJson.Readable.SessionsDeleteResult, (result, screen) => screen.Line($"Deleted {result.Key}."));
    }

    /// <summary>A name for a turn that nobody else has.</summary>
    public static string NewRun() => $"cli-{Nonce.New()}";

    private async Task ConfirmAsync(SessionRow row, CancellationToken cancellation)
    {
        if (!context.Screen.CanAsk)
        {
            throw new CommandFailure(RefusalCode.UsageError, $"Deleting {row.Key} wants a yes, and nobody is there to give it.", $"netclaw sessions delete {row.Key} --yes");
        }

        if (!await context.Screen.ConfirmAsync($"Delete {row.Key} with {Spoken.Count((int)Math.Min(row.MessageCount, int.MaxValue), "message")}?", cancellation))
        {
            throw new CommandFailure(RefusalCode.Cancelled, $"{row.Key} was not deleted.");
        }
    }
}

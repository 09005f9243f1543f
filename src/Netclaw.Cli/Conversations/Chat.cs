using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary>How one prompt ended.</summary>
/// <param name="State">final or aborted.</param>
internal sealed record ChatReport(string RunId, string SessionKey, string State, string Text, string? StopReason);

/// <summary>
/// <c>netclaw chat</c>: 1 say → 2 print what comes → 3 the end. One prompt, or one after the other in a terminal. A connection that is lost is opened again: the same is said once more, which is the same turn, and
/// what was missed is caught up on. A conversation that went meanwhile is not begun anew by that: whether it is, the next prompt says.
/// </summary>
internal sealed class Chat(CommandContext context, string session)
{
    public async Task<int> RunAsync(string? prompt, CancellationToken cancellation)
    {
        if (prompt is null && !context.Screen.CanAsk)
        {
            prompt = await MessageInput.ReadAsync(context.Host.Terminal, "netclaw chat", cancellation);
        }

        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupts = new Interrupts(leave.Cancel);
        await using var line = new ChatLine(context);
        await line.OpenAsync(leave.Token);
        return prompt is not null ? await OnceAsync(line, prompt, interrupts, leave.Token) : await TalkAsync(line, interrupts, leave.Token);
    }

    private async Task<int> OnceAsync(ChatLine line, string prompt, Interrupts interrupts, CancellationToken leave)
    {
        var end = await AskAsync(line, prompt, interrupts, leave);
        if (context.Screen.Json)
        {
            context.Screen.Show(Report.Of(end, () => CliJson.Readable.ChatReport, (_, _) => { }));
        }

        return end.State == ChatEvent.Final ? ExitCodes.Ok : ExitCodes.Cancelled;
    }

    /// <summary>What goes wrong with one answer is said, and the next question may be asked.</summary>
    private async Task<int> TalkAsync(ChatLine line, Interrupts interrupts, CancellationToken leave)
    {
        try
        {
            while (await context.Screen.AskAsync("> ", leave) is { } said)
            {
                if (string.IsNullOrWhiteSpace(said))
                {
                    continue;
                }

                try
                {
                    await AskAsync(line, said, interrupts, leave);
                }
                catch (CommandFailure failure) when (!line.Gateway.Closed.IsCompleted)
                {
                    FailureReport.Write(failure, context.Screen);
                }
            }
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            context.Screen.Line();
        }

        return ExitCodes.Ok;
    }

    private async Task<ChatReport> AskAsync(ChatLine line, string prompt, Interrupts interrupts, CancellationToken leave)
    {
        var answer = new ChatAnswer(SessionVerbs.NewRun(), Print);

        // Before it is sent: the agent may have begun before the answer to this call is here.
        using var stopping = interrupts.Into(() => _ = StopAsync(line, answer.Run));
        for (var again = false; ; again = true)
        {
            try
            {
                return await HearAsync(line, prompt, answer, again, leave);
            }
            catch (CommandFailure lost) when (line.IsLost(lost))
            {
                await line.ReopenAsync(lost, $"netclaw sessions history {session}", leave);
            }
        }
    }

    private async Task<ChatReport> HearAsync(ChatLine line, string prompt, ChatAnswer answer, bool again, CancellationToken leave)
    {
        var end = await SayAsync(line, prompt, answer, again); // 1
        while (end is null)
        {
            end = answer.Hear(await line.NextAsync(answer.Run, leave)); // 2
        }

        return end; // 3
    }

    /// <returns>What another connection missed, when that was the end; null: there is more to come.</returns>
    private async Task<ChatReport?> SayAsync(ChatLine line, string prompt, ChatAnswer answer, bool again)
    {
        try
        {
            var sent = await line.Gateway.SendAsync(new ChatSendParams(session, prompt, answer.Run)
            {
                TimeoutMs = context.Options.Timeout is { } timeout ? (long)timeout.TotalMilliseconds : null, Again = answer.IsAsked ? true : null,
            });
            answer.IsAsked = true;
            return again ? answer.CatchUp(session, sent, await line.Gateway.HistoryAsync(new ChatHistoryParams(session) { Limit = ChatHistoryParams.MostLimit })) : null;
        }
        catch (CommandFailure failure) when (answer.IsAsked && (failure.Is(RefusalCode.ConversationNotFound) || failure.Is(RefusalCode.UnknownRun)))
        {
            throw answer.Gone(session, isDeleted: failure.Is(RefusalCode.ConversationNotFound));
        }
    }

    private async Task StopAsync(ChatLine line, string run)
    {
        try
        {
            await line.Gateway.AbortAsync(new SessionsAbortParams { Key = session, RunId = run });
        }
        catch (CommandFailure failure)
        {
            context.Screen.Progress(new Progress("not-stopped", failure.Error.Message));
        }
    }

    private void Print(string text)
    {
        if (!context.Screen.Json)
        {
            context.Screen.Terminal.Out.Write(text);
            context.Screen.Terminal.Out.Flush();
        }
    }
}

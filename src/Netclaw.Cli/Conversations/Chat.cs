using System.Text.Json;
using System.Threading.Channels;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary>How one prompt ended.</summary>
/// <param name="State">final or aborted.</param>
internal sealed record ChatReport(string RunId, string SessionKey, string State, string Text, string? StopReason);

/// <summary><c>netclaw chat</c>: 1 say → 2 print what comes → 3 the end. One prompt, or one after the other in a terminal.</summary>
internal sealed class Chat(CommandContext context, string session)
{
    private readonly Channel<ChatEvent> _heard = Channel.CreateUnbounded<ChatEvent>();

    public async Task<int> RunAsync(string? prompt, CancellationToken cancellation)
    {
        if (prompt is null && !context.Screen.CanAsk)
        {
            prompt = await MessageInput.ReadAsync(context.Host.Terminal, "netclaw chat", cancellation);
        }

        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var interrupts = new Interrupts(leave.Cancel);
        await using var gateway = await GatewayDialer.OpenAsync(context, leave.Token, Hear);
        if (prompt is not null)
        {
            return await OnceAsync(gateway, prompt, interrupts, leave.Token);
        }

        return await TalkAsync(gateway, interrupts, leave.Token);
    }

    private async Task<int> OnceAsync(OpenGateway gateway, string prompt, Interrupts interrupts, CancellationToken leave)
    {
        var end = await AskAsync(gateway, prompt, interrupts, leave);
        if (context.Screen.Json)
        {
            context.Screen.Show(Report.Of(end, () => CliJson.Readable.ChatReport, (_, _) => { }));
        }

        return end.State == ChatEvent.Final ? ExitCodes.Ok : ExitCodes.Cancelled;
    }

    /// <summary>What goes wrong with one answer is said, and the next question may be asked.</summary>
    private async Task<int> TalkAsync(OpenGateway gateway, Interrupts interrupts, CancellationToken leave)
    {
        try
        {
            while (await context.Screen.AskAsync("> ", leave) is { } line)
            {
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                try
                {
                    await AskAsync(gateway, line, interrupts, leave);
                }
                catch (CommandFailure failure) when (!gateway.Closed.IsCompleted)
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

    private async Task<ChatReport> AskAsync(OpenGateway gateway, string prompt, Interrupts interrupts, CancellationToken leave)
    {
        var run = SessionVerbs.NewRun();

        // Before it is sent: the agent may have begun before the answer to this call is here.
        using var stopping = interrupts.Into(() => _ = StopAsync(gateway, run));
        await gateway.SendAsync(new ChatSendParams(session, prompt, run) { TimeoutMs = context.Options.Timeout is { } timeout ? (long)timeout.TotalMilliseconds : null }); // 1
        var text = new System.Text.StringBuilder();
        while (true)
        {
            var said = await NextAsync(gateway, run, leave);
            if (said.DeltaText is { } more) // 2
            {
                text.Append(more);
                Print(PlainText.Lines(more));
            }

            if (said.State == ChatEvent.Error) // 3
            {
                Print("\n", text.Length > 0);
                throw new CommandFailure(said.ErrorKind == "timeout" ? RefusalCode.AgentTimedOut : RefusalCode.AgentFailed, $"No answer came: {PlainText.Of(said.ErrorMessage)}.");
            }

            if (said.State is ChatEvent.Final or ChatEvent.Aborted)
            {
                var whole = said.Message is { } message ? string.Concat(message.Content.Select(part => part.Text)) : text.ToString();
                Print(PlainText.Lines(whole[Math.Min(text.Length, whole.Length)..]) + "\n");
                Print("(stopped)\n", said.State == ChatEvent.Aborted);
                return new ChatReport(run, said.SessionKey, said.State, whole, said.StopReason);
            }
        }
    }

    private async Task<ChatEvent> NextAsync(OpenGateway gateway, string run, CancellationToken leave)
    {
        while (true)
        {
            var next = _heard.Reader.ReadAsync(leave).AsTask();
            if (await Task.WhenAny(next, gateway.Closed) != next && !next.IsCompleted)
            {
                throw new CommandFailure((await gateway.Closed).Error with
                {
                    Message = $"The connection ended while the answer came: {(await gateway.Closed).Error.Message}", Remedy = $"netclaw sessions history {session}",
                });
            }

            if (await next is var said && said.RunId == run)
            {
                return said;
            }
        }
    }

    private async Task StopAsync(OpenGateway gateway, string run)
    {
        try
        {
            await gateway.AbortAsync(new SessionsAbortParams { Key = session, RunId = run });
        }
        catch (CommandFailure failure)
        {
            context.Screen.Progress(new Progress("not-stopped", failure.Error.Message));
        }
    }

    private void Print(string text, bool wanted = true)
    {
        if (wanted && !context.Screen.Json)
        {
            context.Screen.Terminal.Out.Write(text);
            context.Screen.Terminal.Out.Flush();
        }
    }

    private void Hear(string name, JsonElement payload)
    {
        if (name == ChatEvent.EventName && payload.Deserialize(ProtocolJson.Default.ChatEvent) is { } said)
        {
            _heard.Writer.TryWrite(said);
        }
    }
}

using System.Text.Json;
using System.Threading.Channels;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary>The connection of a talk, and another one when it is lost. What turns say is heard in order, whichever connection it came by.</summary>
internal sealed class ChatLine(CommandContext context) : IAsyncDisposable
{
    /// <summary>How long a gateway that has gone may take to come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Channel<ChatEvent> _heard = Channel.CreateUnbounded<ChatEvent>();
    private OpenGateway? _gateway;

    public OpenGateway Gateway => _gateway ?? throw new InvalidOperationException("not open");

    public async Task OpenAsync(CancellationToken leave) => _gateway = await GatewayDialer.OpenAsync(context, leave, Hear);

    /// <summary>Whether <paramref name="failure"/> is the connection's, and another one may do better.</summary>
    public bool IsLost(CommandFailure failure) => (Gateway.Closed.IsCompleted || failure.Is(RefusalCode.EndpointUnreachable)) && MayPass(failure);

    /// <summary>Tries until it is let in.</summary>
    /// <exception cref="CommandFailure">It was not, in time; or trying again cannot help.</exception>
    public async Task ReopenAsync(CommandFailure lost, string remedy, CancellationToken leave)
    {
        await Gateway.DisposeAsync();
        var (since, backoff) = (context.Time.GetTimestamp(), new Backoff(Random.Shared.NextDouble));
        for (var seen = lost; ;)
        {
            if (context.Time.GetElapsedTime(since) > Patience)
            {
                throw new CommandFailure(seen.Error with { Message = $"The connection ended while the answer came, and there was no other one: {seen.Error.Message}", Remedy = remedy }) { Tried = seen.Tried };
            }

            var wait = backoff.Next();
            context.Screen.Progress(new Progress("waiting", $"The connection ended: {PlainText.Of(seen.Error.Message)} Trying again in {wait.TotalSeconds:0.#} s."));
            await Task.Delay(wait, context.Time, leave);
            try
            {
                await OpenAsync(leave);
                return;
            }
            catch (CommandFailure again) when (MayPass(again))
            {
                seen = again;
            }
        }
    }

    /// <summary>What a turn says next.</summary>
    /// <exception cref="CommandFailure">The connection is over.</exception>
    public async Task<ChatEvent> NextAsync(string run, CancellationToken leave)
    {
        while (true)
        {
            if (_heard.Reader.TryRead(out var said))
            {
                if (said.RunId == run)
                {
                    return said;
                }

                continue;
            }

            var more = _heard.Reader.WaitToReadAsync(leave).AsTask();
            if (await Task.WhenAny(more, Gateway.Closed) != more && !more.IsCompleted)
            {
                throw new CommandFailure((await Gateway.Closed).Error);
            }

            await more;
        }
    }

    public ValueTask DisposeAsync() => _gateway?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool MayPass(CommandFailure failure) => failure.Error.Retryable == true || Array.Exists(
        (RefusalCode[])[
            RefusalCode.EndpointUnreachable, RefusalCode.DaemonNotRunning, RefusalCode.EndpointNotNetclaw, RefusalCode.TimedOut, RefusalCode.GatewayStopping, RefusalCode.InternalError,
            RefusalCode.JournalUnavailable,
        ], failure.Is);

    private void Hear(string name, JsonElement payload)
    {
        if (name == ChatEvent.EventName && payload.Deserialize(ProtocolJson.Default.ChatEvent) is { } said)
        {
            _heard.Writer.TryWrite(said);
        }
    }
}

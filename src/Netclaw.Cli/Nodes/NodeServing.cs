using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>
/// One connection that was let in: runs what it is asked, a bounded number at a time, answers each invocation once, and ends with the connection. What was started for
/// a caller that is gone ends with it.
/// </summary>
internal sealed class NodeServing(GatewayConnection connection, IReadOnlyDictionary<string, INodeCommand> commands, Screen screen, TimeProvider time)
{
    private const int MostAtOnce = 16;
    private static readonly TimeSpan StatsEvery = TimeSpan.FromSeconds(60);
    private static readonly JsonElement NoParameters = JsonDocument.Parse("{}").RootElement;

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);

    /// <param name="events">What the connection hears, in order.</param>
    /// <returns>Why the gateway ended it.</returns>
    public async Task<Closing> RunAsync(ChannelReader<HeardEvent> events, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var work = new ConcurrentDictionary<Task, byte>();
        var stats = TellStatsAsync(over.Token);
        var listening = ListenAsync(events, work, over.Token);
        try
        {
            await Task.WhenAny(connection.Closed, listening);
            return await connection.Closed.WaitAsync(cancellation);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll([stats, listening, .. work.Keys]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(ChannelReader<HeardEvent> events, ConcurrentDictionary<Task, byte> work, CancellationToken cancellation)
    {
        await foreach (var heard in events.ReadAllAsync(cancellation))
        {
            switch (heard.Name)
            {
                case NodeInvokeRequestEvent.EventName when Read(heard.Payload, ProtocolJson.Default.NodeInvokeRequestEvent) is { } asked:
                    var answering = AnswerAsync(asked, cancellation);
                    work[answering] = 0;
                    _ = answering.ContinueWith(done => work.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                    break;
                case NodeInvokeCancelParams.Method when Read(heard.Payload, ProtocolJson.Default.NodeInvokeCancelEvent) is { } gone:
                    await CancelAsync(gone.InvokeId);
                    break;
                case NodePairResolved.EventName when Read(heard.Payload, ProtocolJson.Default.NodePairResolved) is { } resolved:
                    screen.Progress(new Progress("surface", $"What this node offers was {PlainText.Of(resolved.Decision)}."));
                    break;
                default:
                    break;
            }
        }
    }

    private async Task AnswerAsync(NodeInvokeRequestEvent asked, CancellationToken cancellation)
    {
        var answer = await RunAsync(asked, cancellation);
        screen.Progress(new Progress("invoked", $"{PlainText.Of(asked.Command)}: {(answer is NodeAnswer.Failed failed ? PlainText.Of($"{failed.Code} {failed.Message}") : "done")}"));
        var result = answer switch
        {
            NodeAnswer.Done done => new NodeInvokeResultParams(asked.Id, asked.NodeId, Ok: true) { PayloadJson = done.Payload.GetRawText() },
            NodeAnswer.Failed refused => new NodeInvokeResultParams(asked.Id, asked.NodeId, Ok: false) { Error = new NodeInvokeError(refused.Code, refused.Message) },
            _ => throw new InvalidOperationException("no such answer"),
        };
        try
        {
            await connection.CallAsync(NodeInvokeResultParams.Method, JsonSerializer.SerializeToElement(result, ProtocolJson.Default.NodeInvokeResultParams), cancellation);
        }
        catch (Exception e) when (e is GatewayException or OperationCanceledException)
        {
            screen.Trace($"{asked.Command}: the answer did not arrive: {e.Message}");
        }
    }

    private async Task<NodeAnswer> RunAsync(NodeInvokeRequestEvent asked, CancellationToken cancellation)
    {
        if (!commands.TryGetValue(asked.Command, out var command))
        {
            return new NodeAnswer.Failed(NodeAnswer.Failed.Invalid, $"this node has no command {asked.Command}");
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Clamp(asked.TimeoutMs ?? NodeInvokeParams.DefaultTimeoutMs, 1, NodeInvokeParams.LongestTimeoutMs)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        if (_running.Count >= MostAtOnce || !_running.TryAdd(asked.Id, either))
        {
            return new NodeAnswer.Failed(NodeAnswer.Failed.NotDone, $"this node runs {MostAtOnce} commands at once and all are taken; try again");
        }

        try
        {
            await Task.Yield(); // it can be cancelled by the next event, which its first steps must not keep waiting
            return await command.RunAsync(Parameters(asked.ParamsJson), either.Token);
        }
        catch (OperationCanceledException)
        {
            return new NodeAnswer.Failed(NodeAnswer.Failed.NotDone, limit.IsCancellationRequested ? "it took longer than it was given, and was ended" : "it was cancelled");
        }
        catch (JsonException e)
        {
            return new NodeAnswer.Failed(NodeAnswer.Failed.Invalid, $"the parameters of {asked.Command} are not of its form: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return new NodeAnswer.Failed(NodeAnswer.Failed.NotDone, e.Message);
        }
        finally
        {
            _running.TryRemove(asked.Id, out _);
        }
    }

    private async Task CancelAsync(string id)
    {
        try
        {
            await (_running.TryGetValue(id, out var running) ? running.CancelAsync() : Task.CompletedTask);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this moment; the next event is heard all the same.
        }
    }

    private static JsonElement Parameters(string? text) =>
        text is null ? NoParameters
        : JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 }).RootElement is { ValueKind: JsonValueKind.Object } given ? given
        : throw new JsonException("one JSON object is expected");

    /// <summary>A gateway that does not know the report, or does not want it yet, does not matter to a node.</summary>
    private async Task TellStatsAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(StatsEvery, time);
        do
        {
            try
            {
                await connection.CallAsync(NodeEventParams.Method, JsonSerializer.SerializeToElement(HostStats.Event(), ProtocolJson.Default.NodeEventParams), cancellation);
            }
            catch (GatewayException e)
            {
                screen.Trace($"the machine's figures were not taken: {e.Message}");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static T? Read<T>(JsonElement payload, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form) where T : class
    {
        try
        {
            return payload.Deserialize(form);
        }
        catch (JsonException)
        {
            return null; // a gateway of another release: what it says is not for this node
        }
    }
}

/// <summary>An event as the connection heard it.</summary>
internal readonly record struct HeardEvent(string Name, JsonElement Payload);

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>What the agent asks of the gateway.</summary>
internal interface IAcpClient
{
    /// <summary>Answers a request of the agent.</summary>
    /// <exception cref="RpcException">It is refused.</exception>
    Task<JsonNode?> ServeAsync(string method, JsonElement parameters, CancellationToken cancellation);

    /// <summary>Hears a notification of the agent, in order.</summary>
    void Hear(string method, JsonElement parameters);
}

/// <summary>
/// The other end of an agent's standard streams: JSON-RPC 2.0 in both directions. Answers reach who asked; what the agent asks is served beside what it says. When the
/// agent's output ends, or is no JSON-RPC, or asks on and on without reading the answers, every open request fails with that.
/// </summary>
internal sealed class AcpPeer(AcpOutbox outbox, MessageLines output, IAcpClient client)
{
    /// <summary>Requests of the agent that are served at once.</summary>
    private const int MostServed = 32;

    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _asked = [];
    private long _last;
    private int _served;
    private Exception? _over;

    /// <summary>Reads until the agent's output ends. Never fails: what went wrong, open requests are told.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        try
        {
            while (await output.ReadAsync(cancellation) is { } message)
            {
                if (message.Text("method") is not null && message.Member("id") is not null)
                {
                    await outbox.RoomAsync(cancellation);
                }

                Take(message, cancellation);
            }

            End(new EndOfStreamException("it ended before it had answered"));
        }
        catch (Exception e)
        {
            End(e);
        }
    }

    /// <exception cref="RpcException">The agent refused.</exception>
    /// <exception cref="IOException">It is gone.</exception>
    /// <exception cref="InvalidDataException">It does not speak the protocol.</exception>
    public async Task<JsonElement> RequestAsync(string method, JsonObject parameters, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _last);
        var asked = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = asked;
        if (Volatile.Read(ref _over) is { } over)
        {
            asked.TrySetException(over);
        }

        try
        {
            await outbox.SendAsync(Rpc.Request(id, method, parameters), cancellation);
        }
        catch (IOException)
        {
            // Its input is closed: why, its output tells, which ends then.
        }

        try
        {
            return await asked.Task.WaitAsync(cancellation);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    public Task NotifyAsync(string method, JsonObject parameters, CancellationToken cancellation) => outbox.SendAsync(Rpc.Notification(method, parameters), cancellation);

    private void Take(JsonElement message, CancellationToken cancellation)
    {
        var method = message.Text("method");
        var id = message.Member("id");
        var parameters = message.Member("params") ?? default;
        switch (method, id)
        {
            case (not null, { } asking): _ = AnswerAsync(asking, method, parameters, cancellation); break;
            case (not null, null): client.Hear(method, parameters); break;
            case (null, { ValueKind: JsonValueKind.Number } answered) when answered.TryGetInt64(out var number): Answered(number, message); break;
            default: throw new InvalidDataException("it wrote a message that is neither request nor answer");
        }
    }

    /// <summary>An answer that nobody waits for any more is dropped.</summary>
    private void Answered(long id, JsonElement message)
    {
        if (!_asked.TryGetValue(id, out var asked))
        {
            return;
        }

        if (message.Member("error") is { } error)
        {
            var code = error.Member("code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : Rpc.InternalError;
            asked.TrySetException(new RpcException(code, error.Text("message") ?? ""));
        }
        else
        {
            asked.TrySetResult(message.Member("result") ?? default);
        }
    }

    private async Task AnswerAsync(JsonElement id, string method, JsonElement parameters, CancellationToken cancellation)
    {
        try
        {
            await outbox.SendAsync(await ServeAsync(id, method, parameters, cancellation), cancellation);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody is there to hear it.
        }
    }

    private async Task<JsonObject> ServeAsync(JsonElement id, string method, JsonElement parameters, CancellationToken cancellation)
    {
        try
        {
            return Interlocked.Increment(ref _served) > MostServed
                ? Rpc.Refusal(id, new RpcException(Rpc.InternalError, $"more than {MostServed} requests are open"))
                : Rpc.Answer(id, await client.ServeAsync(method, parameters, cancellation));
        }
        catch (RpcException refused)
        {
            return Rpc.Refusal(id, refused);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Rpc.Refusal(id, new RpcException(Rpc.InternalError, $"{SeenText.Of(method)} failed in a way that nobody foresaw"));
        }
        finally
        {
            Interlocked.Decrement(ref _served);
        }
    }

    private void End(Exception why)
    {
        Volatile.Write(ref _over, why);
        foreach (var asked in _asked.Values)
        {
            asked.TrySetException(why);
        }
    }
}

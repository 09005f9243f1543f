using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Netclaw.Testing;

/// <summary>Answers of a <see cref="LocalModel"/>, whole and broken.</summary>
internal static class Replies
{
    private const string Done = "data: [DONE]\n\n";

    /// <summary>A whole answer in these pieces; 7 tokens in and 3 out.</summary>
    public static ModelAnswer Says(params string[] pieces) => Stopping("stop", pieces);

    /// <param name="reason">As the protocol has it: <c>stop</c>, <c>length</c>, <c>content_filter</c>.</param>
    public static ModelAnswer Stopping(string reason, params string[] pieces) => async (_, context) =>
    {
        await BeginAsync(context);
        foreach (var piece in pieces)
        {
            await SendAsync(context, Chunk(new JsonObject { ["content"] = piece }));
        }

        await EndAsync(context, reason);
    };

    /// <summary>Calls of tools, each streamed in two pieces.</summary>
    public static ModelAnswer Calls(params (string Id, string Tool, string Arguments)[] calls) => async (_, context) =>
    {
        await BeginAsync(context);
        for (var index = 0; index < calls.Length; index++)
        {
            var (id, tool, arguments) = calls[index];
            var half = arguments.Length / 2;
            await SendAsync(context, Call(index, new JsonObject { ["name"] = tool, ["arguments"] = arguments[..half] }, id));
            await SendAsync(context, Call(index, new JsonObject { ["arguments"] = arguments[half..] }, null));
        }

        await EndAsync(context, "tool_calls");
    };

    /// <param name="retryAfter">As the header says it; null: no header.</param>
    public static ModelAnswer Refuses(int status, string? retryAfter = null, string body = """{"error":{"message":"not now"}}""") => async (_, context) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        await context.Response.WriteAsync(body);
    };

    /// <summary>Says this much and breaks the connection, once it was heard: what is on its way then may be lost.</summary>
    public static ModelAnswer BreaksAfter(Task heard, params string[] pieces) => async (_, context) =>
    {
        await BeginAsync(context);
        foreach (var piece in pieces)
        {
            await SendAsync(context, Chunk(new JsonObject { ["content"] = piece }));
        }

        await heard.WaitAsync(TimeSpan.FromSeconds(30), context.RequestAborted);
        context.Abort();
    };

    /// <summary>Says this much and ends well, without having finished.</summary>
    public static ModelAnswer EndsUnfinished(params string[] pieces) => async (_, context) =>
    {
        await BeginAsync(context);
        foreach (var piece in pieces)
        {
            await SendAsync(context, Chunk(new JsonObject { ["content"] = piece }));
        }
    };

    /// <summary>Sends these bytes with status 200.</summary>
    public static ModelAnswer Sends(string raw, string type = "text/event-stream") => async (_, context) =>
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync(raw);
    };

    /// <summary>Says this much, tells the test, and waits until the asker goes away.</summary>
    public static ModelAnswer HangsAfter(TaskCompletionSource reached, params string[] pieces) => async (_, context) =>
    {
        await BeginAsync(context);
        foreach (var piece in pieces)
        {
            await SendAsync(context, Chunk(new JsonObject { ["content"] = piece }));
        }

        reached.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    };

    /// <summary>Says the same word until the asker goes away.</summary>
    public static ModelAnswer Floods(string word) => async (_, context) =>
    {
        await BeginAsync(context);
        var chunk = Chunk(new JsonObject { ["content"] = word });
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await SendAsync(context, chunk);
        }
    };

    private static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await SendAsync(context, Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }));
    }

    private static async Task EndAsync(HttpContext context, string reason)
    {
        await SendAsync(context, Chunk([], reason));
        await SendAsync(context, new JsonObject
        {
            ["id"] = "chatcmpl-1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "parrot", ["choices"] = new JsonArray(),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 7, ["completion_tokens"] = 3, ["total_tokens"] = 10 },
        });
        await context.Response.WriteAsync(Done, Encoding.UTF8, context.RequestAborted);
    }

    private static JsonObject Call(int index, JsonObject function, string? id)
    {
        var call = new JsonObject { ["index"] = index, ["function"] = function };
        if (id is not null)
        {
            call["id"] = id;
            call["type"] = "function";
        }

        return Chunk(new JsonObject { ["tool_calls"] = new JsonArray(call) });
    }

    private static JsonObject Chunk(JsonObject delta, string? finish = null) => new()
    {
        ["id"] = "chatcmpl-1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "parrot",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };

    private static async Task SendAsync(HttpContext context, JsonObject chunk)
    {
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"data: {chunk.ToJsonString()}\n\n"), Encoding.UTF8, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}

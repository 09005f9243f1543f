using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Netclaw.Testing;

/// <summary>How a model answers one request.</summary>
internal delegate Task ModelAnswer(ModelRequest request, HttpContext context);

/// <summary>
/// A model on loopback that speaks OpenAI's chat completions, streamed. It answers what the test has queued, in order, and then whatever it is asked with
/// <c>You said: …</c>.
/// </summary>
internal sealed class LocalModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ModelAnswer> _answers = [];
    private readonly ConcurrentQueue<ModelRequest> _requests = [];

    private LocalModel(WebApplication app) => _app = app;

    /// <summary>As <c>baseUrl</c> has it.</summary>
    public Uri BaseUrl => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/v1");

    /// <summary>What it was asked, oldest first.</summary>
    public ModelRequest[] Requests => [.. _requests];

    public static async Task<LocalModel> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var model = new LocalModel(app);
        app.Run(model.ServeAsync);
        await app.StartAsync();
        return model;
    }

    /// <summary>The next requests are answered so.</summary>
    public LocalModel Answers(params ModelAnswer[] answers)
    {
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
        }

        return this;
    }

    /// <summary>An entry of section <c>agents</c> that asks this model, as it stands in netclaw.json.</summary>
    public string Entry(string more = "") => $$"""{ "runtime": "openai", "baseUrl": "{{BaseUrl}}", "model": "parrot"{{more}} }""";

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var request = new ModelRequest(context.Request.Path, context.Request.Headers.Authorization.ToString(), (JsonObject)body!);
        _requests.Enqueue(request);
        if (request.Path != "/v1/chat/completions")
        {
            context.Response.StatusCode = 404;
            return;
        }

        var answer = _answers.TryDequeue(out var queued) ? queued : Replies.Says($"You said: {request.LastOf("user")}");
        try
        {
            await answer(request, context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The asker went away.
        }
    }
}

/// <param name="Authorization">The header, empty when there was none.</param>
internal sealed record ModelRequest(string Path, string Authorization, JsonObject Body)
{
    public IEnumerable<JsonObject> Messages => ((JsonArray)Body["messages"]!).Select(message => (JsonObject)message!);

    public string[] Tools => Body["tools"] is JsonArray tools ? [.. tools.Select(tool => (string)tool!["function"]!["name"]!)] : [];

    /// <summary>The text of the last message of this role.</summary>
    public string LastOf(string role) => TextOf(Messages.Last(message => (string)message["role"]! == role));

    /// <summary>Text of a message, whether it came as one or in parts.</summary>
    public static string TextOf(JsonObject message) => message["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["text"])),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => (string)text!,
        _ => "",
    };
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary>Somebody's own server, which keeps what it is posted and answers with what the test has queued, then with 204.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(int Status, string? Location)> _answers = [];

    private HookServer(WebApplication app) => _app = app;

    public ConcurrentQueue<Posted> Posts { get; } = [];

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook");

    public static async Task<HookServer> StartAsync(params int[] statuses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new HookServer(app);
        foreach (var status in statuses)
        {
            server._answers.Enqueue((status, null));
        }

        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    public void SendsElsewhere(int status, Uri location) => _answers.Enqueue((status, location.ToString()));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers;
        Posts.Enqueue(new Posted(
            context.Request.Method, headers["X-Netclaw-Delivery"].ToString(), headers["X-Netclaw-Timestamp"].ToString(), headers["X-Netclaw-Signature"].ToString(), headers.ContentType.ToString(), body.ToArray()));
        var (status, location) = _answers.TryDequeue(out var queued) ? queued : (204, null);
        context.Response.StatusCode = status;
        if (location is not null)
        {
            context.Response.Headers.Location = location;
        }
    }
}

internal sealed record Posted(string Method, string Id, string Timestamp, string Signature, string Type, byte[] Body);

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Telemetry;

/// <summary>A collector on loopback: OTLP over HTTP (protobuf) and over gRPC (clear-text HTTP/2), everything it was sent kept as bytes.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly SemaphoreSlim _more = new(0);
    private readonly bool _grpc;

    private OtlpCollector(WebApplication app, bool grpc)
    {
        _app = app;
        _grpc = grpc;
    }

    public string Endpoint => _app.Urls.Single();

    /// <summary>Answered to every request of OTLP over HTTP.</summary>
    public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

    public IEnumerable<Received> All => _received;

    public static async Task<OtlpCollector> StartAsync(bool grpc = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var collector = new OtlpCollector(app, grpc);
        app.Run(collector.Take);
        await app.StartAsync().WaitAsync(GatewayHost.Bound);
        return collector;
    }

    /// <summary>The first of the kind, now or when it comes.</summary>
    public async Task<T> FirstAsync<T>(Func<IEnumerable<Received>, IEnumerable<T>> read, Func<T, bool> wanted) where T : class
    {
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (true)
        {
            if (read(_received).FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            try
            {
                await _more.WaitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not received among {_received.Count} requests: {string.Join(", ", _received.Select(one => one.Path).Distinct())}");
            }
        }
    }

    public Task<ReceivedSpan> SpanAsync(Func<ReceivedSpan, bool> wanted) => FirstAsync(all => all.Where(one => one.IsTraces).SelectMany(one => Otlp.Spans(one.Body)), wanted);

    public Task<ReceivedLog> LogAsync(Func<ReceivedLog, bool> wanted) => FirstAsync(all => all.Where(one => one.IsLogs).SelectMany(one => Otlp.Logs(one.Body)), wanted);

    public Task<ReceivedMetric> MetricAsync(string name) =>
        FirstAsync(all => all.Where(one => one.IsMetrics).SelectMany(one => Otlp.Metrics(one.Body)), metric => metric.Name == name);

    /// <summary>Completes when so many requests have come.</summary>
    public async Task CountAsync(int count)
    {
        while (_received.Count < count)
        {
            Assert.True(await _more.WaitAsync(GatewayHost.Bound), $"{_received.Count} requests of {count} came");
        }
    }

    /// <summary>Whether the text stands anywhere in what was received, in this spelling.</summary>
    public bool Holds(string text) => _received.Any(one => one.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().WaitAsync(GatewayHost.Bound);
        await _app.DisposeAsync();
        _more.Dispose();
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        // gRPC: one byte for compression, four for the length, then the message.
        var bytes = _grpc ? body.ToArray()[5..] : body.ToArray();
        _received.Enqueue(new Received(context.Request.Path, bytes, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (_grpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else
        {
            context.Response.StatusCode = (int)Answer;
            context.Response.ContentType = "application/x-protobuf";
        }

        _more.Release();
    }

    internal sealed record Received(string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers)
    {
        public bool IsTraces => Path.Contains("trace", StringComparison.OrdinalIgnoreCase);

        public bool IsMetrics => Path.Contains("metric", StringComparison.OrdinalIgnoreCase);

        public bool IsLogs => Path.Contains("log", StringComparison.OrdinalIgnoreCase);
    }
}

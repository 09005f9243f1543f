using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Daemon.Assertions;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Assertions;

public sealed class KeySetUrlTests : IAsyncLifetime
{
    private readonly TestIssuer _issuer = new();
    private readonly ManualTime _time = new();
    private KeyServer _server = null!;
    private AssertionHttp _http = null!;
    private KeySetUrl _keys = null!;

    public async Task InitializeAsync()
    {
        _server = await KeyServer.StartAsync();
        _server.Serve(_issuer.KeySet);
        _http = _server.Trusting;
        _keys = new KeySetUrl(_server.Url, _http, _time, NullLogger.Instance);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        _issuer.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Fetches_OnceForMany()
    {
        var readings = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync("k1")));

        Assert.All(readings, keys => Assert.NotNull(keys));
        Assert.True((await ReadAsync("k1"))!.Knows("k1"));
        Assert.Equal(1, _server.Asked);
    }

    [Fact]
    public async Task FetchesAnew_ForAKeyItDoesNotKnow_AtMostOnceInThirtySeconds()
    {
        await ReadAsync("k1");
        using var next = new TestIssuer("k2");
        _server.Serve(next.KeySet);

        for (var i = 0; i < 50; i++)
        {
            Assert.False((await ReadAsync($"unknown-{i}"))!.Knows("k2"));
        }

        Assert.Equal(1, _server.Asked);
        _time.Advance(KeySetUrl.Pause);
        Assert.True((await ReadAsync("k2"))!.Knows("k2"));
        Assert.False((await ReadAsync("k1"))!.Knows("k1"));
        Assert.Equal(2, _server.Asked);
    }

    [Fact]
    public async Task ServesOnWithWhatItHas_WhileTheServerIsAway_ForAnHour()
    {
        await ReadAsync("k1");
        _server.Answer = context => Status(context, 503);
        _time.Advance(KeySetUrl.Fresh);
        Assert.NotNull(await ReadAsync("k1"));

        _time.Advance(KeySetUrl.Oldest);
        Assert.Null(await ReadAsync("k1"));

        _server.Serve(_issuer.KeySet);
        _time.Advance(KeySetUrl.FirstPause);
        Assert.NotNull(await ReadAsync("k1"));
    }

    [Fact]
    public async Task HasNoKeys_WhenTheCertificateIsNotTrusted()
    {
        using var strict = new AssertionHttp();
        var keys = new KeySetUrl(_server.Url, strict, _time, NullLogger.Instance);

        Assert.Null(await keys.ReadAsync("k1").AsTask().WaitAsync(GatewayHost.Bound));
        Assert.Equal(0, _server.Asked);
    }

    [Fact]
    public async Task FollowsNoRedirect()
    {
        _server.Answer = context =>
        {
            context.Response.Redirect(_server.Url.AbsoluteUri + "?elsewhere");
            return Task.CompletedTask;
        };

        Assert.Null(await ReadAsync("k1"));
        Assert.Equal(1, _server.Asked);
    }

    [Fact]
    public async Task ReadsNoEndlessAnswer()
    {
        _server.Answer = async context =>
        {
            var junk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(junk);
            }
        };

        Assert.Null(await ReadAsync("k1"));
    }

    [Fact]
    public async Task WaitsFiveSeconds_NotLonger()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var reading = _keys.ReadAsync("k1").AsTask();
        await arrived.Task.WaitAsync(GatewayHost.Bound);
        _time.Advance(KeySetUrl.Budget);

        Assert.Null(await reading.WaitAsync(GatewayHost.Bound));
    }

    private async Task<KeySet?> ReadAsync(string keyId) => await _keys.ReadAsync(keyId).AsTask().WaitAsync(GatewayHost.Bound);

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

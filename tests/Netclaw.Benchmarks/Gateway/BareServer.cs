using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>The control: Kestrel with nothing on it but a WebSocket upgrade and an empty hub, in a process of its own.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    public const string Mode = "bare-server";
    private readonly Process _process;

    private BareServer(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public long ResidentBytes() => DaemonProcess.ResidentBytes(_process.Id);

    public static async Task<BareServer> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { ArgumentList = { Mode }, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(BareServer).Assembly.Location);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the control did not start");
        return new BareServer(process, new Uri(line));
    }

    /// <summary>What the process in <see cref="Mode"/> runs.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.UseWebSockets();
        app.MapHub<EmptyHub>("/bare/hub", hub => hub.Transports = HttpTransportType.WebSockets);
        app.Map("/bare/ws", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1024];
            while ((await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted)).MessageType != System.Net.WebSockets.WebSocketMessageType.Close)
            {
            }
        });
        BareWire.Map(app);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private sealed class EmptyHub : Hub;
}

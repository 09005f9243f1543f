using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// A process of its own that opens half-open connections from many addresses of 127.0.0.0/8: each sends the beginning of a request and never
/// its end. It keeps the newest <see cref="Held"/> open, whatever the gateway does with them.
/// </summary>
internal static class HostileCrowd
{
    public const string Mode = "hostile-crowd";

    /// <summary>As many as the gateway admits unauthenticated.</summary>
    public const int Held = 1024;

    private const int Addresses = 64;
    private const int Workers = 8;
    private static readonly byte[] Beginning = "GET /hub HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "u8.ToArray();

    /// <summary>Runs until <paramref name="attempts"/> were made, then until standard input ends; says on standard output how many it made a second.</summary>
    public static async Task AttackAsync(string endpoint, int attempts, int perSecond)
    {
        var target = IPEndPoint.Parse(endpoint);
        var held = new ConcurrentQueue<Socket>();
        var made = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref made); number <= attempts; number = Interlocked.Increment(ref made))
            {
                var due = TimeSpan.FromSeconds((double)number / perSecond) - clock.Elapsed;
                if (due > TimeSpan.Zero)
                {
                    await Task.Delay(due);
                }

                held.Enqueue(await HalfOpenAsync(target, number));
                while (held.Count > Held && held.TryDequeue(out var oldest))
                {
                    oldest.Dispose();
                }
            }
        })));
        Console.WriteLine((attempts / clock.Elapsed.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
    }

    public static Process Start(Uri endpoint, int attempts, int perSecond)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { Mode, endpoint.Authority, $"{attempts}", $"{perSecond}" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(HostileCrowd).Assembly.Location);
        }

        return Process.Start(start)!;
    }

    private static async Task<Socket> HalfOpenAsync(IPEndPoint target, int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 7, (byte)(1 + (number % Addresses))]), 0));
            await socket.ConnectAsync(target);
            await socket.SendAsync(Beginning);
        }
        catch (SocketException)
        {
            // Refused or cut at once: an attempt all the same.
        }

        return socket;
    }
}

using System.Net;
using System.Net.Sockets;

namespace Netclaw.Cli.Processes;

/// <summary>What the daemon says about itself over plain HTTP on the control socket.</summary>
public abstract record ProbeResult
{
    private ProbeResult()
    {
    }

    /// <summary>Nothing listens.</summary>
    public sealed record Silent(string Seen) : ProbeResult;

    /// <param name="TimedOut">It takes connections and says nothing.</param>
    public sealed record NotReady(string Seen, bool TimedOut = false) : ProbeResult;

    public sealed record Ready : ProbeResult;
}

/// <summary><c>GET /readyz</c> over the control socket; a few lines of HTTP/1.1 by hand, because loading an HTTP client takes longer than the answer.</summary>
public static class ControlProbe
{
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(2);
    private const int LongestAnswer = 8192;

    public static async Task<ProbeResult> AskAsync(string socketPath, CancellationToken cancellation)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        budget.CancelAfter(AnswerBudget);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), budget.Token);
            await socket.SendAsync("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), budget.Token);
            return Read(await ReceiveAsync(socket, budget.Token));
        }
        catch (SocketException e)
        {
            return new ProbeResult.Silent(e.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeResult.NotReady($"no answer within {AnswerBudget.TotalSeconds:0} s", TimedOut: true);
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket, CancellationToken cancellation)
    {
        var buffer = new byte[LongestAnswer];
        var length = 0;
        while (length < buffer.Length && await socket.ReceiveAsync(buffer.AsMemory(length), cancellation) is > 0 and var read)
        {
            length += read;
        }

        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static ProbeResult Read(string answer)
    {
        var statusLine = answer.Split("\r\n", 2)[0].Split(' ', 3);
        if (statusLine.Length < 2 || !int.TryParse(statusLine[1], out var status))
        {
            return new ProbeResult.NotReady("the answer is not HTTP");
        }

        if (status == (int)HttpStatusCode.OK)
        {
            return new ProbeResult.Ready();
        }

        var body = answer.Split("\r\n\r\n", 2) is [_, var text] ? text.Trim() : "";
        return new ProbeResult.NotReady(body.Length is > 0 and < 300 ? $"{status}: {body}" : $"status {status}");
    }
}

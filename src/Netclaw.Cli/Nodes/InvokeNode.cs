using System.Text.Encodings.Web;
using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary><c>netclaw nodes invoke</c>. When it is stopped its connection ends, and with it the gateway has the node stop.</summary>
internal sealed class InvokeNode(CommandContext context)
{
    /// <summary>As text within a message it may take six times as much.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="given">JSON, @file, or - for stdin; null: the command takes nothing.</param>
    public async Task<Report> RunAsync(string typed, string command, string? given, CancellationToken cancellation)
    {
        var parameters = given is null ? (JsonElement?)null : Parsed(await TextAsync(given, cancellation));
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var node = PickNode.Node(typed, (await gateway.NodesAsync()).Nodes);
        var result = await gateway.InvokeAsync(new NodeInvokeParams(node.NodeId, command, $"cli-{Nonce.New()}")
        {
            Params = parameters, TimeoutMs = context.Options.Timeout is { } timeout ? (long)Math.Clamp(timeout.TotalMilliseconds, 1, NodeInvokeParams.LongestTimeoutMs) : null,
        });
        return Report.Of(result, () => CliJson.Readable.NodeInvokeResult, Print);
    }

    /// <summary>JSON writes what is not printable as an escape: nothing that the node answers reaches the terminal as a control sequence.</summary>
    private static void Print(NodeInvokeResult result, Screen screen)
    {
        if (result.Payload is not { } payload)
        {
            screen.Line($"{result.Command}: done.");
            return;
        }

        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Indented))
        {
            payload.WriteTo(writer);
        }

        screen.Line(System.Text.Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length)));
    }

    private async Task<string> TextAsync(string given, CancellationToken cancellation) => given switch
    {
        "-" => await StdinAsync(cancellation),
        ['@', .. var path] => FromFile(path),
        _ => given,
    };

    private async Task<string> StdinAsync(CancellationToken cancellation)
    {
        var buffer = new char[MostBytes + 1];
        var length = await Task.Run(() => context.Host.Terminal.In.ReadBlock(buffer), CancellationToken.None).WaitAsync(cancellation);
        return length <= MostBytes ? new string(buffer, 0, length) : throw Wrong($"stdin holds more than {MostBytes} characters");
    }

    private static string FromFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes ? File.ReadAllText(path) : throw Wrong($"{path} holds more than {MostBytes} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong($"{path} cannot be read: {e.Message}");
        }
    }

    private static JsonElement Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            throw Wrong($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} is no JSON");
        }
    }

    private static CommandFailure Wrong(string seen) => new(RefusalCode.UsageError, $"--params: {seen}.", "netclaw nodes invoke --help");
}

using System.Globalization;
using System.Text.Json;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>JSON-RPC messages, one object a line, from a program that may write anything at any length. One reader.</summary>
/// <param name="hidden">What is not repeated where a line is quoted.</param>
/// <param name="mostBytes">In all.</param>
internal sealed class MessageLines(Stream output, HandedValues hidden, long mostBytes = MessageLines.MostBytes)
{
    /// <summary>Of one line; the contents of a file pass through one.</summary>
    public const int MostLineBytes = 8 * 1024 * 1024;

    /// <summary>In one turn.</summary>
    public const long MostBytes = 128L * 1024 * 1024;

    private const int FirstBytes = 16 * 1024;
    private const byte LineFeed = (byte)'\n';

    private static readonly JsonDocumentOptions Form = new() { MaxDepth = 64 };

    private byte[] _buffer = new byte[FirstBytes];
    private int _start;
    private int _end;
    private long _total;

    /// <summary>The next message; null at the end of what the program writes. Blank lines are passed over.</summary>
    /// <exception cref="InvalidDataException">The line is no JSON object, or longer than any message.</exception>
    public async Task<JsonElement?> ReadAsync(CancellationToken cancellation)
    {
        while (await LineAsync(cancellation) is { } line)
        {
            if (!line.Span.IsWhiteSpace())
            {
                return Parsed(line);
            }
        }

        return null;
    }

    private async Task<ReadOnlyMemory<byte>?> LineAsync(CancellationToken cancellation)
    {
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(LineFeed);
            if (length >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + length);
                _start += searched + length + 1;
                return line;
            }

            searched = _end - _start;
            MakeRoom(searched);
            var read = await output.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
            {
                var rest = _buffer.AsMemory(_start, searched);
                _start = _end;
                return searched == 0 ? default(ReadOnlyMemory<byte>?) : rest;
            }

            _end += read;
            _total += read;
            if (_total > mostBytes)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it wrote more than {mostBytes} bytes"));
            }
        }
    }

    private void MakeRoom(int kept)
    {
        if (kept >= MostLineBytes)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it wrote a line of more than {MostLineBytes} bytes"));
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        var next = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, next, 0, kept);
        (_buffer, _start, _end) = (next, 0, kept);
    }

    private JsonElement Parsed(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Form);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw NoMessage(line);
        }
        catch (JsonException)
        {
            throw NoMessage(line);
        }
    }

    private InvalidDataException NoMessage(ReadOnlyMemory<byte> line)
    {
        const int Shown = 80;
        var text = hidden.Bare(System.Text.Encoding.UTF8.GetString(line.Span));
        return new InvalidDataException($"it wrote what is no message of the protocol: {SeenText.Of(text, most: Shown)}");
    }
}

file static class Bytes
{
    public static bool IsWhiteSpace(this ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;
}

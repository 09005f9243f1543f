using System.Globalization;
using System.Text;

namespace Netclaw.Protocol.Processes;

/// <summary>The beginning of what a program writes. All of it is taken, so that the program goes on; the rest is only counted.</summary>
/// <param name="mostBytes">How much is kept.</param>
public sealed class BoundedOutput(int mostBytes)
{
    private const int ReadBytes = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly MemoryStream _kept = new();
    private long _leftOut;

    /// <summary>Until the end of <paramref name="stream"/>, or until it is cancelled or closed. Never fails.</summary>
    public async Task DrainAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[ReadBytes];
        try
        {
            while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // What came until then is what there is.
        }
    }

    /// <summary>What is not UTF-8 in it is replaced.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            var bytes = _kept.GetBuffer().AsSpan(0, (int)_kept.Length);
            if (_leftOut == 0)
            {
                return Encoding.UTF8.GetString(bytes);
            }

            var whole = Whole(bytes);
            return string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(bytes[..whole])}\n[… {_leftOut + bytes.Length - whole} bytes left out]");
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var room = Math.Min(bytes.Length, mostBytes - (int)_kept.Length);
            _kept.Write(bytes[..room]);
            _leftOut += bytes.Length - room;
        }
    }

    /// <summary>Without the character that the cut went through.</summary>
    private static int Whole(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.Length;
        while (start > 0 && bytes.Length - start < 3 && (bytes[start - 1] & 0xC0) == 0x80)
        {
            start--;
        }

        return start > 0 && bytes[start - 1] >= 0xC0 && Rune.DecodeFromUtf8(bytes[(start - 1)..], out _, out _) == System.Buffers.OperationStatus.NeedMoreData
            ? start - 1
            : bytes.Length;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Netclaw.Protocol.Processes;

/// <summary>The beginning and the end of what a program writes. All of it is taken, so that the program goes on; what lies between is only counted.</summary>
/// <param name="mostBytes">How much is kept, half of it from either end.</param>
public sealed class BoundedOutput(int mostBytes)
{
    private const int ReadBytes = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly MemoryStream _beginning = new();

    // Written round and round, once the beginning is full.
    private byte[] _end = [];
    private long _passed;

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
    public override string ToString() => Hiding(text => text, longest: 0);

    /// <summary>As <see cref="ToString"/>, without what is not to be repeated.</summary>
    /// <param name="bare">Takes it out of a text.</param>
    /// <param name="longest">In characters: where something was left out, the cut may have gone through a thing of this length, of which no part is shown.</param>
    public string Hiding(Func<string, string> bare, int longest)
    {
        lock (_gate)
        {
            var beginning = _beginning.GetBuffer().AsSpan(0, (int)_beginning.Length);
            if (_passed <= _end.Length)
            {
                return bare(Encoding.UTF8.GetString([.. beginning, .. _end.AsSpan(0, (int)_passed)]));
            }

            var seam = (int)(_passed % _end.Length);
            byte[] inOrder = [.. _end.AsSpan(seam), .. _end.AsSpan(0, seam)];
            var whole = beginning[..Whole(beginning)];
            var end = inOrder.AsSpan(FirstWhole(inOrder));
            var (first, last) = (bare(Encoding.UTF8.GetString(whole)), bare(Encoding.UTF8.GetString(end)));
            var part = Math.Max(0, longest - 1);
            var (kept, from) = (Math.Max(0, first.Length - part), Math.Min(part, last.Length));
            var hidden = Encoding.UTF8.GetByteCount(first.AsSpan(kept)) + Encoding.UTF8.GetByteCount(last.AsSpan(0, from));
            return string.Create(
                CultureInfo.InvariantCulture, $"{first[..kept]}\n[… {beginning.Length + _passed - whole.Length - end.Length + hidden} bytes left out]\n{last[from..]}");
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var room = Math.Min(bytes.Length, (mostBytes / 2) - (int)_beginning.Length);
            _beginning.Write(bytes[..room]);
            bytes = bytes[room..];
            if (_end.Length == 0 && bytes.Length > 0)
            {
                _end = new byte[mostBytes - (mostBytes / 2)];
            }

            while (bytes.Length > 0)
            {
                var at = (int)(_passed % _end.Length);
                var fits = Math.Min(bytes.Length, _end.Length - at);
                bytes[..fits].CopyTo(_end.AsSpan(at));
                _passed += fits;
                bytes = bytes[fits..];
            }
        }
    }

    /// <summary>Without the character that the cut went through.</summary>
    private static int Whole(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.Length;
        while (start > 0 && bytes.Length - start < 3 && IsInside(bytes[start - 1]))
        {
            start--;
        }

        return start > 0 && bytes[start - 1] >= 0xC0 && Rune.DecodeFromUtf8(bytes[(start - 1)..], out _, out _) == OperationStatus.NeedMoreData
            ? start - 1
            : bytes.Length;
    }

    /// <summary>Where the first character begins whose beginning is there.</summary>
    private static int FirstWhole(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (start < 3 && start < bytes.Length && IsInside(bytes[start]))
        {
            start++;
        }

        return start;
    }

    private static bool IsInside(byte part) => (part & 0xC0) == 0x80;
}

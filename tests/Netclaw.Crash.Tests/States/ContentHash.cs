using System.Runtime.InteropServices;

namespace Netclaw.Crash.Tests.States;

/// <summary>Tells contents apart, fast: nobody chooses them to collide.</summary>
internal static class ContentHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ulong a = Odd, b = ~Odd, c = 1, d = (ulong)bytes.Length;
        var at = 0;
        for (; at + 4 <= words.Length; at += 4)
        {
            a = Mix(a, words[at]);
            b = Mix(b, words[at + 1]);
            c = Mix(c, words[at + 2]);
            d = Mix(d, words[at + 3]);
        }

        for (; at < words.Length; at++)
        {
            a = Mix(a, words[at]);
        }

        foreach (var last in bytes[(words.Length * sizeof(ulong))..])
        {
            b = Mix(b, last);
        }

        return Mix(Mix(a, b), Mix(c, d));
    }

    public static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Odd;
        return hash ^ (hash >> 29);
    }
}

using System.Text;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Frames as nobody means them: good ones, broken in every way that a network or an attacker can. The same seed gives the same ones.</summary>
internal sealed class BrokenFrames(int seed)
{
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e400", "-1e400", "99999999999999999999999999", "0.1", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\u202e\"", "[]", "{}", "[[[]]]", "{\"a\":{}}",
        "\"operator.admin\"", "\"king\"", "1e5", "\"1\"", "[null]", "{\"\":null}",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A message made of a good one; never one that the gateway must not get.</summary>
    public byte[] Next(string good) => _random.Next(14) switch
    {
        0 => Encoding.UTF8.GetBytes(good[.._random.Next(good.Length)]),
        1 => Flipped(Encoding.UTF8.GetBytes(good)),
        2 => Spliced(Encoding.UTF8.GetBytes(good)),
        3 => Encoding.UTF8.GetBytes(Repeated(good)),
        4 => Encoding.UTF8.GetBytes(WithValue(good)),
        5 => Encoding.UTF8.GetBytes(WithValue(WithValue(good))),
        6 => Encoding.UTF8.GetBytes(new string('[', _random.Next(1, 4000)) + new string(']', _random.Next(1, 4000))),
        7 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", _random.Next(1, 400))) + "1" + new string('}', _random.Next(1, 400))),
        8 => Noise(_random.Next(0, 300)),
        9 => Encoding.UTF8.GetBytes(good + Values[_random.Next(Values.Length)]),
        10 => Encoding.UTF8.GetBytes(Values[_random.Next(Values.Length)]),
        11 => Encoding.UTF8.GetBytes(WithMember(good, $"\"{new string('k', _random.Next(1, 30_000))}\":{Values[_random.Next(Values.Length)]}")),
        12 => Encoding.UTF8.GetBytes(WithMember(good, $"\"pad\":\"{new string('\u00e9', _random.Next(1, 20_000))}\"")),
        _ => Encoding.UTF8.GetBytes(new string(' ', _random.Next(0, 100)) + good),
    };

    public T Of<T>(IReadOnlyList<T> some) => some[_random.Next(some.Count)];

    public bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private byte[] Flipped(byte[] bytes)
    {
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            bytes[_random.Next(bytes.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return bytes;
    }

    private byte[] Spliced(byte[] bytes)
    {
        var at = _random.Next(bytes.Length);
        return [.. bytes[..at], .. Noise(_random.Next(1, 12)), .. bytes[at..]];
    }

    private byte[] Noise(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>One member twice.</summary>
    private string Repeated(string good)
    {
        var members = Members(good);
        return members.Count == 0 ? good : WithMember(good, good[members[_random.Next(members.Count)]]);
    }

    /// <summary>Another value behind one of the names.</summary>
    private string WithValue(string good)
    {
        var members = Members(good);
        if (members.Count == 0)
        {
            return good;
        }

        var member = members[_random.Next(members.Count)];
        var text = good[member];
        return good[..member.Start.Value] + text[..(text.IndexOf(':', StringComparison.Ordinal) + 1)] + Values[_random.Next(Values.Length)] + good[member.End.Value..];
    }

    private static string WithMember(string good, string member) => good.StartsWith('{') ? "{" + member + "," + good[1..] : good;

    /// <summary>Every <c>"name":value</c> with a simple value, wherever it stands.</summary>
    private static List<Range> Members(string json)
    {
        var found = new List<Range>();
        for (var at = 0; (at = json.IndexOf("\":", at, StringComparison.Ordinal)) >= 0; at += 2)
        {
            var start = json.LastIndexOf('"', at - 1);
            var end = json.IndexOfAny([',', '}', ']'], at);
            if (start >= 0 && end > at)
            {
                found.Add(start..end);
            }
        }

        return found;
    }
}

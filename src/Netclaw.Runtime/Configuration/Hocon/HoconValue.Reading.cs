using System.Globalization;

namespace Akka.Configuration.Hocon;

public sealed partial class HoconValue
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The text of a simple value; null for null.</summary>
    public string? GetString() => _content switch
    {
        null => null,
        string text => text,
        _ => throw Mismatch("a simple value"),
    };

    /// <summary><c>true yes on</c> or <c>false no off</c>.</summary>
    public bool GetBoolean() => _content switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw Mismatch("true or false"),
    };

    public int GetInt() => (int)Whole(int.MinValue, int.MaxValue);

    public long GetLong() => (long)Whole(long.MinValue, long.MaxValue);

    public byte GetByte() => (byte)Whole(byte.MinValue, byte.MaxValue);

    public decimal GetDecimal()
        => decimal.TryParse(_content as string, NumberStyles.Float, Invariant, out var number) ? number : throw Mismatch("a number");

    public double GetDouble()
        => double.TryParse(_content as string, NumberStyles.Float, Invariant, out var number) ? number : throw Mismatch("a number");

    public float GetFloat() => (float)GetDouble();

    /// <summary>A duration; a number without unit counts milliseconds. <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/> where allowed.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true)
    {
        if (_content is not string text) throw Mismatch("a duration");
        if (allowInfinite && text == "infinite") return Timeout.InfiniteTimeSpan;
        return HoconUnits.Duration(text) ?? throw Mismatch("a duration such as 500ms, 10s or 5m");
    }

    /// <summary>A size in bytes; null for null.</summary>
    public long? GetByteSize()
    {
        if (_content is null) return null;
        return HoconUnits.Size(_content as string) ?? throw Mismatch("a size such as 512, 64KiB or 10MB");
    }

    public IList<string> GetStringList() => Each(static item => item.GetString() ?? throw item.Mismatch("a simple value"));

    public IList<bool> GetBooleanList() => Each(static item => item.GetBoolean());

    public IList<int> GetIntList() => Each(static item => item.GetInt());

    public IList<long> GetLongList() => Each(static item => item.GetLong());

    public IList<byte> GetByteList() => Each(static item => item.GetByte());

    public IList<decimal> GetDecimalList() => Each(static item => item.GetDecimal());

    public IList<double> GetDoubleList() => Each(static item => item.GetDouble());

    public IList<float> GetFloatList() => Each(static item => item.GetFloat());

    private T[] Each<T>(Func<HoconValue, T> read)
    {
        var items = GetArray();
        var result = new T[items.Count];
        for (var i = 0; i < result.Length; i++) result[i] = read(items[i]);
        return result;
    }

    private decimal Whole(decimal least, decimal most)
    {
        var number = decimal.TryParse(_content as string, NumberStyles.Float, Invariant, out var parsed) ? parsed : throw Mismatch("a whole number");
        return number == decimal.Truncate(number) && number >= least && number <= most
            ? number
            : throw Mismatch($"a whole number from {least.ToString(Invariant)} to {most.ToString(Invariant)}");
    }
}

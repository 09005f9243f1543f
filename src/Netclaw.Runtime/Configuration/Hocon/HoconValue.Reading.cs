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

    /// <summary>The value as a number of 32 bits; of another kind it is an error that names file, line and key.</summary>
    public int GetInt() => (int)Whole(int.MinValue, int.MaxValue);

    /// <summary>The value as a number of 64 bits; of another kind it is an error that names file, line and key.</summary>
    public long GetLong() => (long)Whole(long.MinValue, long.MaxValue);

    /// <summary>The value as a number from 0 to 255; of another kind it is an error that names file, line and key.</summary>
    public byte GetByte() => (byte)Whole(byte.MinValue, byte.MaxValue);

    /// <summary>The value as a decimal number; of another kind it is an error that names file, line and key.</summary>
    public decimal GetDecimal()
        => decimal.TryParse(_content as string, NumberStyles.Float, Invariant, out var number) ? number : throw Mismatch("a number");

    /// <summary>The value as a floating point number of 64 bits; of another kind it is an error that names file, line and key.</summary>
    public double GetDouble()
        => double.TryParse(_content as string, NumberStyles.Float, Invariant, out var number) ? number : throw Mismatch("a number");

    /// <summary>The value as a floating point number; of another kind it is an error that names file, line and key.</summary>
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

    /// <summary>The list, each as text.</summary>
    public IList<string> GetStringList() => Each(static item => item.GetString() ?? throw item.Mismatch("a simple value"));

    /// <summary>The list, each as true or false.</summary>
    public IList<bool> GetBooleanList() => Each(static item => item.GetBoolean());

    /// <summary>The list, each as a number of 32 bits.</summary>
    public IList<int> GetIntList() => Each(static item => item.GetInt());

    /// <summary>The list, each as a number of 64 bits.</summary>
    public IList<long> GetLongList() => Each(static item => item.GetLong());

    /// <summary>The list, each as a number from 0 to 255.</summary>
    public IList<byte> GetByteList() => Each(static item => item.GetByte());

    /// <summary>The list, each as a decimal number.</summary>
    public IList<decimal> GetDecimalList() => Each(static item => item.GetDecimal());

    /// <summary>The list, each as a floating point number of 64 bits.</summary>
    public IList<double> GetDoubleList() => Each(static item => item.GetDouble());

    /// <summary>The list, each as a floating point number.</summary>
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

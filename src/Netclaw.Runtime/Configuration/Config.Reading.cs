using System.Diagnostics.CodeAnalysis;

namespace Akka.Configuration;

public partial class Config
{
    /// <summary>The value at the path as text, or the default when there is none. A value of another kind is an error that names file, line and key.</summary>
    [return: NotNullIfNotNull(nameof(@default))]
    public virtual string? GetString(string path, string? @default = null) => Find(path)?.GetString() ?? @default;

    /// <summary>Takes <c>true yes on</c> and <c>false no off</c>.</summary>
    public virtual bool GetBoolean(string path, bool @default = false) => Find(path)?.GetBoolean() ?? @default;

    /// <summary>The value at the path as a number of 32 bits, or the default when there is none. A value of another kind is an error that names file, line and key.</summary>
    public virtual int GetInt(string path, int @default = 0) => Find(path)?.GetInt() ?? @default;

    /// <summary>The value at the path as a number of 64 bits, or the default when there is none. A value of another kind is an error that names file, line and key.</summary>
    public virtual long GetLong(string path, long @default = 0) => Find(path)?.GetLong() ?? @default;

    /// <summary>The value at the path as a floating point number, or the default when there is none. A value of another kind is an error that names file, line and key.</summary>
    public virtual float GetFloat(string path, float @default = 0) => Find(path)?.GetFloat() ?? @default;

    /// <summary>The value at the path as a floating point number of 64 bits, or the default when there is none. A value of another kind is an error that names file, line and key.</summary>
    public virtual double GetDouble(string path, double @default = 0) => Find(path)?.GetDouble() ?? @default;

    /// <summary>The value at the path as a decimal number, or the default when there is none. A value of another kind is an error that names file, line and key.</summary>
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Find(path)?.GetDecimal() ?? @default;

    /// <summary>A duration: a number with ns, us, ms, s, m, h or d (or their long forms); milliseconds without unit.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true)
        => Find(path)?.GetTimeSpan(allowInfinite) ?? @default.GetValueOrDefault();

    /// <summary>A size in bytes, such as <c>10MB</c> or <c>64KiB</c>; null if absent.</summary>
    public virtual long? GetByteSize(string path) => Find(path)?.GetByteSize();

    /// <summary>A size in bytes; <paramref name="def"/> if absent.</summary>
    public virtual long? GetByteSize(string path, long? def = null) => Find(path)?.GetByteSize() ?? def;

    /// <summary>A list of simple values; empty if absent.</summary>
    public virtual IList<string> GetStringList(string path) => Find(path)?.GetStringList() ?? [];

    /// <summary>A list of simple values; <paramref name="defaultPaths"/> if absent.</summary>
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => Find(path)?.GetStringList() ?? defaultPaths;

    /// <summary>The list at the path, each as true or false; empty when there is none.</summary>
    public virtual IList<bool> GetBooleanList(string path) => Find(path)?.GetBooleanList() ?? [];

    /// <summary>The list at the path, each as a number of 32 bits; empty when there is none.</summary>
    public virtual IList<int> GetIntList(string path) => Find(path)?.GetIntList() ?? [];

    /// <summary>The list at the path, each as a number of 64 bits; empty when there is none.</summary>
    public virtual IList<long> GetLongList(string path) => Find(path)?.GetLongList() ?? [];

    /// <summary>The list at the path, each as a number from 0 to 255; empty when there is none.</summary>
    public virtual IList<byte> GetByteList(string path) => Find(path)?.GetByteList() ?? [];

    /// <summary>The list at the path, each as a decimal number; empty when there is none.</summary>
    public virtual IList<decimal> GetDecimalList(string path) => Find(path)?.GetDecimalList() ?? [];

    /// <summary>The list at the path, each as a floating point number of 64 bits; empty when there is none.</summary>
    public virtual IList<double> GetDoubleList(string path) => Find(path)?.GetDoubleList() ?? [];

    /// <summary>The list at the path, each as a floating point number; empty when there is none.</summary>
    public virtual IList<float> GetFloatList(string path) => Find(path)?.GetFloatList() ?? [];
}

namespace Akka.Util;

/// <summary>A value that may be absent; <c>default</c> is absent.</summary>
public readonly struct Option<T> : IEquatable<Option<T>>
{
    /// <summary>Without a value.</summary>
    public static readonly Option<T> None;

    /// <summary>With a value.</summary>
    public Option(T value)
    {
        Value = value;
        HasValue = true;
    }

    /// <summary>Present only when <paramref name="value"/> is not null.</summary>
    public static Option<T> Create(T value) => value is null ? None : new Option<T>(value);

    /// <summary>Whether there is one.</summary>
    public bool HasValue { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => !HasValue;

    /// <summary>The value, or <c>default</c> when absent.</summary>
    public T Value { get; }

    /// <summary>The function's result, where there is a value.</summary>
    public Option<TNew> Select<TNew>(Func<T, TNew> selector) => HasValue ? selector(Value) : Option<TNew>.None;

    /// <summary>The function's option, where there is a value.</summary>
    public Option<TNew> FlatSelect<TNew>(Func<T, Option<TNew>> mapper) => HasValue ? mapper(Value) : Option<TNew>.None;

    /// <summary>The value, or the other.</summary>
    public T GetOrElse(T fallbackValue) => HasValue ? Value : fallbackValue;

    /// <summary>Called where there is a value.</summary>
    public void OnSuccess(Action<T> action)
    {
        if (HasValue)
            action(Value);
    }

    /// <inheritdoc/>
    public bool Equals(Option<T> other) =>
        HasValue == other.HasValue && EqualityComparer<T>.Default.Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Option<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HasValue && Value is not null ? Value.GetHashCode() : 0;

    /// <inheritdoc/>
    public override string ToString() => HasValue ? $"Some<{Value}>" : "None";

    /// <summary>Converts.</summary>
    public static implicit operator Option<T>(T value) => new(value);

    /// <summary>Whether they are equal.</summary>
    public static bool operator ==(Option<T> left, Option<T> right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Option<T> left, Option<T> right) => !left.Equals(right);
}

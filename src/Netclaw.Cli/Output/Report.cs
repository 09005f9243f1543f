using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Netclaw.Cli.Output;

/// <summary>What a command has to say: one JSON object, or lines for a person. Both are made from the same value.</summary>
internal abstract class Report
{
    public abstract string Json { get; }

    public abstract void Print(Screen screen);

    /// <param name="shape">Asked for only with <c>--json</c>: building it takes as long as many a command.</param>
    public static Report Of<T>(T value, Func<JsonTypeInfo<T>> shape, Action<T, Screen> print) => new Valued<T>(value, shape, print);

    private sealed class Valued<T>(T value, Func<JsonTypeInfo<T>> shape, Action<T, Screen> print) : Report
    {
        public override string Json => JsonSerializer.Serialize(value, shape());

        public override void Print(Screen screen) => print(value, screen);
    }
}
